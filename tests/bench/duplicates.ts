import path from "node:path";

import { openDatabase } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";
import { migrate } from "@db/migrate";
import { projectRoot } from "@db/project-root";
import { seedReference } from "@seeds/reference/index";
import { localDate } from "~/kernel/local-date";
import { saySimilarReason } from "~/modules/projects/similar/similar-words";

import { judgePairs, listedPairs, qualityOf, readPairs, type JudgedPair, type Quality } from "./duplicate-pairs";

/** `npm run duplicates:precision`: how well 查重 meets the labelled pairs, with PostgreSQL's similarity and the real rule. */
const TODAY = localDate("2026-07-20");
const LIMITS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7];

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const say = (what: string, { found, wrong, missed, precision, recall }: Quality): void =>
  console.log(
    `${what}: precision ${percent(precision)}, recall ${percent(recall)} (${found} found, ${wrong} wrong, ${missed} missed)`,
  );

const isDue = ({ hit }: JudgedPair): boolean => hit?.statementDue ?? false;
const demandedBy =
  (code: string) =>
  ({ hit }: JudgedPair): boolean =>
    hit?.reasons.some((reason) => reason.code === code && reason.demands) ?? false;

function report(judged: readonly JudgedPair[], listed: readonly JudgedPair[]): void {
  const duplicates = judged.filter(({ pair }) => pair.duplicate).length;
  console.log(`labelled pairs: ${judged.length} (${duplicates} duplicates, ${judged.length - duplicates} not)`);
  say("statement asked for", qualityOf(judged, isDue));
  for (const code of ["name", "content", "sharedResources"]) say(`  by ${code}`, qualityOf(judged, demandedBy(code)));
  say(
    "shown",
    qualityOf(judged, ({ hit }) => hit !== undefined),
  );

  console.log("\nlimit   by names alone            by contents alone (of the pairs that have two)");
  const withContent = judged.filter(({ contentSimilarity }) => contentSimilarity !== null);
  for (const limit of LIMITS) {
    const names = qualityOf(judged, ({ nameSimilarity }) => nameSimilarity >= limit);
    const contents = qualityOf(withContent, ({ contentSimilarity }) => (contentSimilarity ?? 0) >= limit);
    const cells = [names, contents].map(({ precision, recall }) => `P ${percent(precision)} R ${percent(recall)}`);
    console.log(`${limit.toFixed(2)}    ${cells.map((cell) => cell.padEnd(26)).join("")}`);
  }

  console.log("\nwrong and missed:");
  for (const one of judged.filter((each) => isDue(each) !== each.pair.duplicate)) {
    const { pair, nameSimilarity, contentSimilarity, hit } = one;
    const measures = `name ${percent(nameSimilarity)}${contentSimilarity === null ? "" : `, content ${percent(contentSimilarity)}`}`;
    const why = hit ? hit.reasons.map(saySimilarReason).join("；") : "not shown";
    console.log(
      `${isDue(one) ? "WRONG " : "MISSED"} ${pair.filing.name} / ${pair.entry.name} [${measures}] ${why}：${pair.note}`,
    );
  }

  console.log(`\nevery pair of the published lists: ${listed.length}`);
  say("statement asked for", qualityOf(listed, isDue));
  say(
    "shown",
    qualityOf(listed, ({ hit }) => hit !== undefined),
  );
  for (const { pair, hit } of listed.filter((one) => one.hit && !one.pair.duplicate)) {
    const verdict = hit?.statementDue ? "WRONG" : "shown, not a duplicate";
    console.log(`${verdict}: ${pair.filing.name} / ${pair.entry.name}`);
  }
}

async function main(): Promise<void> {
  process.env.DATA_DIR ??= path.join(projectRoot(), ".data/bench");
  const located = await resolveDatabaseUrl(process.env);
  const db = openDatabase(located.url);
  try {
    await migrate(located.url);
    await seedReference(db);
    const pairs = readPairs();
    report(await judgePairs(db, pairs, TODAY), await judgePairs(db, listedPairs(pairs), TODAY));
  } finally {
    await db.close();
    await located.stop();
  }
}

await main();
