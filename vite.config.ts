import { vitePlugin as remix } from "@remix-run/dev";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import remixConfig from "./remix.config.js";

const at = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));

export default defineConfig({
  plugins: [remix(remixConfig)],
  resolve: { alias: { "~": at("./app"), "@db": at("./db") } },
  build: { target: "chrome88", cssTarget: "chrome88", sourcemap: false },
  // The client scan of the development server must not try to bundle native server code.
  optimizeDeps: { exclude: ["@node-rs/argon2"] },
  server: { host: "127.0.0.1" },
});
