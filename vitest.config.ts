import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));
const alias = { "~": at("./app"), "@db": at("./db"), "@seeds": at("./seeds"), "@tests": at("./tests") };

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    minWorkers: 1,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          testTimeout: 30_000,
          include: ["app/**/*.test.{ts,tsx}", "db/**/*.test.ts", "seeds/**/*.test.ts"],
          setupFiles: ["tests/support/no-database.ts"],
          env: { TZ: "America/Los_Angeles" },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/support/template-database.ts"],
          setupFiles: ["tests/support/worker-database.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          pool: "forks",
        },
      },
      {
        resolve: { alias },
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: ["tests/support/template-database.ts"],
          setupFiles: ["tests/support/worker-database.ts"],
          hookTimeout: 60_000,
          pool: "forks",
        },
      },
    ],
  },
});
