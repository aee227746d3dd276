import { DrizzlePostgreSQLAdapter } from "@lucia-auth/adapter-drizzle";
import { eq, sql, type Placeholder } from "drizzle-orm";
import { Lucia, TimeSpan, type DatabaseSession, type DatabaseUser } from "lucia";

import type { Database } from "@db/client";
import { regions, sessions, units, users } from "@db/schema";
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
    DatabaseUserAttributes: { person: PersonRow };
  }
}

function createLucia(db: Database) {
  const secure = env().ORIGIN?.startsWith("https://") ?? false;
  return new Lucia(new SessionWithPerson(db, sessions, users), {
    sessionExpiresIn: new TimeSpan(IDLE_MINUTES, "m"),
    sessionCookie: {
      // The __Host- prefix needs TLS; a plain-http demonstration uses the bare name.
      name: secure ? "__Host-mingjing" : "mingjing",
      attributes: { secure, sameSite: "lax", path: "/" },
    },
    getSessionAttributes: ({ endsAt }) => ({ endsAt }),
    getUserAttributes: (attributes) => attributes,
  });
}

/** lucia's adapter, but a session comes with its whole person: one query instead of four for every request. */
class SessionWithPerson extends DrizzlePostgreSQLAdapter {
  readonly #read: ReturnType<typeof sessionWithPerson>;

  constructor(
    private readonly database: Database,
    sessionTable: typeof sessions,
    userTable: typeof users,
  ) {
    super(database, sessionTable, userTable);
    this.#read = sessionWithPerson(database);
  }

  override async getSessionAndUser(id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const { today } = await businessTime(this.database);
    const [row] = await this.#read.execute({ id, today });
    if (!row) return [null, null];
    const { userId, expiresAt, endsAt, address } = row.session;
    return [
      { id, userId, expiresAt, attributes: { endsAt, address } },
      { id: userId, attributes: { person: row.person } },
    ];
  }
}

/** The statement of every request, put together once. */
const sessionWithPerson = (db: Database) =>
  db
    .select({ session: sessions, person: person(sql.placeholder("today")) })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(units, eq(units.id, users.unitId))
    .innerJoin(regions, eq(regions.id, users.regionId))
    .where(eq(sessions.id, sql.placeholder("id")))
    .prepare("session_with_person");

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
  const { session, user } = await lucia(db).validateSession(id);
  if (!session) return undefined;
  if (session.endsAt.getTime() <= Date.now()) {
    await lucia(db).invalidateSession(id);
    return undefined;
  }
  const actor = toActor(user.person);
  if (!actor) return undefined;
  return { actor, cookie: session.fresh ? lucia(db).createSessionCookie(session.id).serialize() : undefined };
}

/**
 * Reads a user with roles, unit and the regions it reaches; undefined when the account is unknown or disabled. Roles that
 * a colleague on leave delegated count while the delegation is in force on the business day `on`.
 */
export async function readActor(db: Database, userId: string, on?: LocalDate): Promise<Actor | undefined> {
  const today = on ?? (await businessTime(db)).today;
  const [row] = await db
    .select(person(today))
    .from(users)
    .innerJoin(units, eq(units.id, users.unitId))
    .innerJoin(regions, eq(regions.id, users.regionId))
    .where(eq(users.id, userId));
  return row && toActor(row);
}

/** Everything an actor is made of, as columns of one row: every request reads it. */
const person = (today: LocalDate | Placeholder) => ({
  userId: users.id,
  username: users.username,
  name: users.name,
  unitId: users.unitId,
  unitName: units.name,
  regionId: users.regionId,
  disabled: sql<boolean>`${users.disabledAt} is not null`,
  roles: sql<Role[]>`array(select role from user_roles where user_id = ${users.id} order by role)`,
  regionIds: sql<string[]>`array(select r.id from regions r where r.path like ${regions.path} || '%')`,
  // A delegation ends with its day, with its revocation, and as soon as the colleague is disabled or loses the role.
  delegated: sql<Delegated[]>`coalesce((
    select json_agg(json_build_object('role', d.role, 'fromUserId', colleague.id, 'fromName', colleague.name)
      order by d.from_on, d.id)
    from delegations d
    join users colleague on colleague.id = d.from_user_id and colleague.disabled_at is null
      and colleague.unit_id = ${users.unitId}
    join user_roles held on held.user_id = colleague.id and held.role = d.role
    where d.to_user_id = ${users.id} and d.from_on <= ${today} and d.until_on >= ${today} and d.revoked_at is null), '[]')`,
});

interface PersonRow extends Omit<Actor, "delegations"> {
  readonly disabled: boolean;
  readonly delegated: readonly Delegated[];
}

function toActor({ disabled, delegated, roles, ...row }: PersonRow): Actor | undefined {
  if (disabled) return undefined;
  const lent = roles.some(isSeparated) ? [] : delegated.filter(({ role }) => !roles.includes(role));
  return {
    ...row,
    roles: [...roles, ...new Set(lent.map(({ role }) => role))],
    ...(lent.length > 0 && { delegations: lent }),
  };
}
