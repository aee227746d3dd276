import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { chromium } from "@playwright/test";

/** The browser of the end-to-end tests: CHROMIUM_PATH, the system's, or Playwright's own. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH 指向的 ${given} 不存在。`);
    return given;
  }
  return ["/usr/bin/chromium", "/usr/bin/chromium-browser", chromium.executablePath()].find((file) => existsSync(file));
}

/** Finds the browser, or installs one and says so. @throws Error when none can be had */
export function ensureChromium(): string {
  const known = findChromium();
  if (known) return known;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    console.log("未找到 Chromium，正在用 apt-get 安装……");
    install("apt-get", ["update"]);
    install("apt-get", ["install", "-y", "chromium"]);
  }
  if (!findChromium()) {
    console.log("未找到 Chromium，正在安装 Playwright 自带的 Chromium……");
    install("npx", ["playwright", "install", "chromium"]);
  }
  const installed = findChromium();
  if (!installed) throw new Error("未能安装 Chromium：请安装后用 CHROMIUM_PATH 指明位置。");
  return installed;
}

function install(program: string, args: readonly string[]): void {
  spawnSync(program, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
}
