import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { and, eq, gte, isNull, like, lte, sql } from "drizzle-orm";
import { Lucia, TimeSpan } from "lucia";

import type { Database } from "@db/client";
import { delegations, regions, sessions, units, userRoles, users } from "@db/schema";
import type { Actor, Delegated, Role } from "~/kernel/actor";
import type { LocalDate } from "~/kernel/local-date";
import { isSeparated } from "~/policy";

import { env } from "./env.server";
import { businessTime } from "./installation.server";

/** Idle end of a session; lucia moves it forward with use. @unit minutes */
const IDLE_MINUTES = 30;
/** No session lives longer, however busy. @unit hours */
const LONGEST_HOURS = 12;

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseSessionAttributes: { endsAt: Date; address: string };
  }
}

function createLucia(db: Database) {
  const secure = env().ORIGIN?.startsWith("https://") ?? false;
  return new Lucia(new DrizzlePostgreSQLAdapter(db, sessions, users), {
    sessionExpiresIn: new TimeSpan(IDLE_MINUTES, "m"),
    sessionCookie: {
      // The __Host- prefix needs TLS; a plain-http demonstration uses the bare name.
      name: secure ? "__Host-mingjing" : "mingjing",
      attributes: { secure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ endsAt }) => ({ endsAt }),
  });
}

const made = new WeakMap<Database, ReturnType<typeof createLucia>>();

function lucia(db: Database) {
  const instance = made.get(db) ?? createLucia(db);
  made.set(db, instance);
  return instance;
}

/** Opens a session and returns its Set-Cookie value. */
export async function openSession(db: Database, userId: string, address: string): Promise<string> {
  const endsAt = new Date(Date.now() + LONGEST_HOURS * 3_600_000);
  const session = await lucia(db).createSession(userId, { endsAt, address });
  return lucia(db).createSessionCookie(session.id).serialize();
}

/** Ends the request's session; returns the Set-Cookie value that clears it. */
export async function closeSession(db: Database, cookieHeader: string | null): Promise<string> {
  const id = lucia(db).readSessionCookie(cookieHeader ?? "");
  if (id) await lucia(db).invalidateSession(id);
  return lucia(db).createBlankSessionCookie().serialize();
}

export interface OpenSession {
  readonly actor: Actor;
  /** to be sent when the session's end moved */
  readonly cookie: string | undefined;
}

/** The actor behind a request's cookie, or undefined: no session, ended, or a disabled account. */
export async function readSession(db: Database, cookieHeader: string | null): Promise<OpenSession | undefined> {
  const id = lucia(db).readSessionCookie(cookieHeader ?? "");
  if (!id) return undefined;
  const { session } = await lucia(db).validateSession(id);
  if (!session) return undefined;
  if (session.endsAt.getTime() <= Date.now()) {
    await lucia(db).invalidateSession(id);
    return undefined;
  }
  const actor = await readActor(db, session.userId);
  if (!actor) return undefined;
  return { actor, cookie: session.fresh ? lucia(db).createSessionCookie(session.id).serialize() : undefined };
}

/**
 * Reads a user with roles, unit and the regions it reaches; undefined when the account is unknown or disabled. Roles that
 * a colleague on leave delegated count while the delegation is in force on the business day `on`.
 */
export async function readActor(db: Database, userId: string, on?: LocalDate): Promise<Actor | undefined> {
  const today = on ?? (await businessTime(db)).today;
  const own = db
    .select({ path: regions.path })
    .from(users)
    .innerJoin(regions, eq(regions.id, users.regionId))
    .where(eq(users.id, userId));
  const [[row], held, regionRows] = await Promise.all([
    db
      .select({
        userId: users.id,
        username: users.username,
        name: users.name,
        unitId: users.unitId,
        unitName: units.name,
        regionId: users.regionId,
        disabledAt: users.disabledAt,
      })
      .from(users)
      .innerJoin(units, eq(units.id, users.unitId))
      .where(eq(users.id, userId)),
    heldRoles(db, userId, today),
    db
      .select({ id: regions.id })
      .from(regions)
      .where(like(regions.path, sql`(${own}) || '%'`)),
  ]);
  if (!row || row.disabledAt) return undefined;
  const { disabledAt: _, ...person } = row;
  const roles = held.flatMap(({ role, fromUserId }) => (fromUserId === null ? [role] : [])).sort();
  const delegated = roles.some(isSeparated)
    ? []
    : held.flatMap(({ role, fromUserId, fromName, fromUnitId }): Delegated[] =>
        fromUserId !== null && fromName !== null && fromUnitId === person.unitId && !roles.includes(role)
          ? [{ role, fromUserId, fromName }]
          : [],
      );
  return {
    ...person,
    roles: [...roles, ...new Set(delegated.map(({ role }): Role => role))],
    ...(delegated.length > 0 && { delegations: delegated }),
    regionIds: regionRows.map((r) => r.id),
  };
}

/**
 * The roles of a person, their own and those of colleagues on leave, in one query. A delegation ends with its day, with
 * its revocation, and as soon as the colleague is disabled or loses the role.
 */
async function heldRoles(db: Database, userId: string, today: LocalDate) {
  const own = db
    .select({
      role: userRoles.role,
      fromUserId: sql<string | null>`null::text`,
      fromName: sql<string | null>`null::text`,
      fromUnitId: sql<string | null>`null::uuid`,
    })
    .from(userRoles)
    .where(eq(userRoles.userId, userId));
  const delegated = db
    .select({
      role: delegations.role,
      fromUserId: sql<string | null>`${users.id}`,
      fromName: sql<string | null>`${users.name}`,
      fromUnitId: sql<string | null>`${users.unitId}`,
    })
    .from(delegations)
    .innerJoin(users, and(eq(users.id, delegations.fromUserId), isNull(users.disabledAt)))
    .innerJoin(userRoles, and(eq(userRoles.userId, users.id), eq(userRoles.role, delegations.role)))
    .where(
      and(
        eq(delegations.toUserId, userId),
        lte(delegations.fromOn, today),
        gte(delegations.untilOn, today),
        isNull(delegations.revokedAt),
      ),
    );
  return own.unionAll(delegated);
}
