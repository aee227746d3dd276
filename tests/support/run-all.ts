import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ensureChromium } from "./chromium";

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Part of vitest's JSON report. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** Part of Playwright's JSON report. */
interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly errors: readonly unknown[];
}

/** Scripts that need nothing of each other: each lane goes through its own beside the other one. */
const LANES = [["check:lint"], ["check:format", "check:types", "check:dependencies", "check:dead", "build"]] as const;
const reports = mkdtempSync(path.join(tmpdir(), "test-reports-"));

/** Runs a stage with its output live; resolves to whether it ended well. */
function succeeds(
  title: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  console.log(`\n── ${title} ──`);
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on("exit", (code) => resolve(code === 0));
  });
}

/** Runs a script and shows its output when it has ended, so that those of two lanes do not mingle. */
function script(name: string): Promise<Tally> {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "-s", name], { stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (bytes: Buffer) => output.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => output.push(bytes));
    const end = (passed: boolean, more = "") => {
      console.log(`\n── ${name} ──`);
      process.stdout.write(Buffer.concat(output));
      console.log(passed ? "passed" : `failed ${more}`);
      resolve(passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    };
    child.on("error", (error) => end(false, error.message));
    child.on("close", (code) => end(code === 0));
  });
}

async function lanes(): Promise<Tally> {
  const tallies = await Promise.all(
    LANES.map(async (names) => {
      const own: Tally[] = [];
      for (const name of names) own.push(await script(name));
      return own;
    }),
  );
  return tallies.flat().reduce((sum, { passed, failed }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
  }));
}

/** A stage that ended badly without naming a failed test (a crash, an unhandled error) is one failure. */
function judged(endedWell: boolean, tally: Tally | undefined): Tally {
  if (!tally) return { passed: 0, failed: 1 };
  return endedWell || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

async function vitest(project: string): Promise<Tally> {
  const file = path.join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const endedWell = await succeeds(project, "npx", ["vitest", "run", "--project", project, ...reporters]);
  const report = readReport<VitestReport>(file);
  if (!report) return judged(endedWell, undefined);
  const unloadable = report.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0).length;
  return judged(endedWell, { passed: report.numPassedTests, failed: report.numFailedTests + unloadable });
}

async function playwright(): Promise<Tally> {
  let browser: string;
  try {
    browser = ensureChromium();
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  }
  const file = path.join(reports, "e2e.json");
  const endedWell = await succeeds("e2e", "npx", ["playwright", "test", "--reporter=list,json"], {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const report = readReport<PlaywrightReport>(file);
  if (!report) return judged(endedWell, undefined);
  const { expected, unexpected, flaky } = report.stats;
  return judged(endedWell, { passed: expected, failed: unexpected + flaky });
}

function readReport<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : undefined;
}

const stages: (() => Promise<Tally>)[] = [
  lanes,
  () => vitest("unit"),
  () => vitest("integration"),
  () => vitest("faults"),
  playwright,
];

let passed = 0;
let failed = 0;
for (const stage of stages) {
  const tally = await stage();
  passed += tally.passed;
  failed += tally.failed;
}
rmSync(reports, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
