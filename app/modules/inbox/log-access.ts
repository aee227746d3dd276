import type { Actor } from "~/kernel/actor";
import { canEver, type Action } from "~/policy";

/** Under which permission a person reads the sending log: the bureau's own, or the system administrator's. */
export const logAction = (actor: Actor): Action => (canEver(actor, "sending:read") ? "sending:read" : "admin:system");

/** Under which permission a person reads the list of hosts: whoever keeps it, and the system administrator. */
export const hostsAction = (actor: Actor): Action =>
  canEver(actor, "admin:security") ? "admin:security" : "admin:system";
