import type { Transaction } from "@db/client";
import { basicDatabases } from "@db/schema";

/**
 * The basic databases (基础数据库) that resources may belong to. A city may rename them or add its own.
 * @source domain.md §4
 */
const DATABASES = [
  { code: "population", name: "人口" },
  { code: "legalEntity", name: "法人" },
  { code: "naturalResources", name: "自然资源和空间地理" },
  { code: "socialCredit", name: "社会信用" },
  { code: "electronicLicence", name: "电子证照" },
];

export async function seedBasicDatabases(tx: Transaction): Promise<void> {
  const rows = DATABASES.map((database, index) => ({ ...database, position: index + 1 }));
  await tx.insert(basicDatabases).values(rows).onConflictDoNothing();
}
