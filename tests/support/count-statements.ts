import type { Database, Transaction } from "@db/client";

/** What drizzle sends its statements through. */
interface Session {
  readonly session: { client: { unsafe: (...statement: unknown[]) => unknown } };
}

/** The same database, counting the statements of its transactions. */
export function countingStatements(db: Database): { readonly db: Database; readonly statements: () => number } {
  let statements = 0;
  const counting = new Proxy(db, {
    get: (target, name) => {
      if (name !== "transaction") return Reflect.get(target, name) as unknown;
      return (work: (tx: Transaction) => Promise<unknown>) =>
        target.transaction((tx) => {
          const { session } = tx as unknown as Session;
          const { client } = session;
          session.client = new Proxy(client, {
            get: (own, key) => {
              if (key === "unsafe") statements++;
              return Reflect.get(own, key) as unknown;
            },
          });
          return work(tx);
        });
    },
  });
  return { db: counting, statements: () => statements };
}
