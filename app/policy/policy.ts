import type { Actor } from "../kernel/actor";
import { forbidden, notFound } from "../kernel/result";
import type { Action } from "./actions";
import { GRANTS, type Reach } from "./grants";

/** What policy must know of an object to decide. */
export interface Governed {
  readonly unitId: string;
  readonly regionId: string;
  /** the operating company's unit, when one operates the object */
  readonly operatorUnitId?: string | null;
  /** the persons it names, such as the experts of a panel */
  readonly assigneeIds?: readonly string[];
}

/** The set of objects an actor may touch with an action, as data; platform/scope turns it into SQL. */
export interface Scope {
  readonly regionIds: readonly string[];
  readonly unitId: string | null;
  readonly operatorUnitId: string | null;
}

function reachesOf(actor: Actor, action: Action): Reach[] {
  return actor.roles.flatMap((role) => GRANTS[role][action] ?? []);
}

/** May the actor do this at all, to anything? Pages use it to decide what to offer. */
export function canEver(actor: Actor, action: Action): boolean {
  return reachesOf(actor, action).length > 0;
}

/** May the actor do this to this object? */
export function can(actor: Actor, action: Action, object: Governed): boolean {
  return reachesOf(actor, action).some((reach) => {
    switch (reach) {
      case "region":
        return actor.regionIds.includes(object.regionId);
      case "unit":
        return object.unitId === actor.unitId;
      case "operated":
        return object.operatorUnitId === actor.unitId;
      case "assigned":
        return object.assigneeIds?.includes(actor.userId) ?? false;
    }
  });
}

/**
 * Refuses with 403 when the actor may not do this. Every verb calls it after loading in scope, so that what lies outside
 * the actor's sight has already answered 404.
 * @throws DomainError forbidden
 */
export function authorize(actor: Actor, action: Action, object: Governed): void {
  if (!can(actor, action, object)) throw forbidden(action);
}

/**
 * Loads in scope, in one word: the object if the actor may see it, otherwise 404 as if it did not exist.
 * @throws DomainError notFound
 */
export function visible<T extends Governed>(actor: Actor, action: Action, object: T | undefined, what: string): T {
  if (!object || !can(actor, action, object)) throw notFound(what);
  return object;
}

/**
 * The objects an action reaches for this actor. An empty scope matches nothing. What names the actor in person is not a
 * scope: its lists ask by the person.
 */
export function scopeFor(actor: Actor, action: Action): Scope {
  const reaches = reachesOf(actor, action);
  return {
    regionIds: reaches.includes("region") ? actor.regionIds : [],
    unitId: reaches.includes("unit") ? actor.unitId : null,
    operatorUnitId: reaches.includes("operated") ? actor.unitId : null,
  };
}
