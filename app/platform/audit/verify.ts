import { openDatabase } from "@db/client";
import { resolveDatabaseUrl } from "@db/locate";

import { verifyAudit } from "./seal.server";

/** `npm run audit:verify`: proves the audit trail against its sealed blocks; exit code 1 names the first difference. */
const WORDS = { altered: "被改动", deleted: "被删除", inserted: "被插入" } as const;

const located = await resolveDatabaseUrl(process.env);
const db = openDatabase(located.url, { max: 1 });
try {
  const { blocks, entries, finding } = await verifyAudit(db);
  if (!finding) console.log(`审计链完好：${blocks} 个区块，${entries} 条记录。`);
  else {
    process.exitCode = 1;
    console.error(
      finding.kind === "blockAltered"
        ? `审计链已损坏：第 ${finding.block} 个区块本身被改动。`
        : `审计链已损坏：第 ${finding.entry} 条记录${WORDS[finding.kind]}(第 ${finding.block} 个区块)。`,
    );
  }
} finally {
  await db.close();
  await located.stop();
}
