import { and, count, eq, gte } from "drizzle-orm";

import { auditEntries, loginFailures, users } from "@db/schema";
import { accept, refuse, type Result } from "~/kernel/result";
import { loadFigures } from "~/platform/figures.server";
import { newId } from "~/platform/ids.server";
import { openSession } from "~/platform/sessions.server";
import type { Ctx } from "~/platform/transaction.server";

import { admitLogin, type LoginRefusalCode } from "./login.rules";
import { passwordMatches } from "./password.server";

/**
 * Opens a session for a right password and returns its Set-Cookie value. Failures are counted per account and per
 * address; every attempt leaves an audit row. Uses the host's clock: a demonstration's day must not unlock anyone.
 * Refuses with wrongCredentials, accountLocked, addressLocked.
 */
export async function logIn(
  ctx: Ctx,
  input: { username: string; password: string },
): Promise<Result<{ cookie: string }, LoginRefusalCode>> {
  const host = new Date();
  const figures = await loadFigures(ctx.db, ctx.today);
  const lockMinutes = figures.number("login.lockMinutes");
  const since = new Date(host.getTime() - lockMinutes * 60_000);
  const failuresWhere = (column: typeof loginFailures.username | typeof loginFailures.address, value: string) =>
    ctx.db
      .select({ n: count() })
      .from(loginFailures)
      .where(and(eq(column, value), gte(loginFailures.at, since)));
  const [[account], [address], [user]] = await Promise.all([
    failuresWhere(loginFailures.username, input.username),
    failuresWhere(loginFailures.address, ctx.address),
    ctx.db.select().from(users).where(eq(users.username, input.username)),
  ]);
  const admitted = admitLogin(
    { account: account?.n ?? 0, address: address?.n ?? 0 },
    { perAccount: figures.number("login.perAccount"), perAddress: figures.number("login.perAddress"), lockMinutes },
  );
  if (!admitted.ok) return admitted;

  const known = user && !user.disabledAt ? user : undefined;
  const right = await passwordMatches(known?.passwordHash, input.password);
  await ctx.db.transaction(async (tx) => {
    if (right) await tx.delete(loginFailures).where(eq(loginFailures.username, input.username));
    else {
      await tx.insert(loginFailures).values({ id: newId(), username: input.username, address: ctx.address, at: host });
    }
    await tx.insert(auditEntries).values({
      id: newId(),
      at: host,
      requestId: ctx.requestId,
      actorId: known?.id ?? "anonymous",
      actorName: known?.name ?? "未登录",
      actorRoles: "",
      unitId: known?.unitId ?? null,
      regionId: known?.regionId ?? null,
      address: ctx.address,
      action: "session:open",
      objectType: "account",
      objectId: known?.id ?? "unknown",
      result: right ? "sessionOpened" : "logInFailed",
    });
  });
  if (!right || !known) return refuse({ code: "wrongCredentials" });
  return accept({ cookie: await openSession(ctx.db, known.id, ctx.address) });
}
