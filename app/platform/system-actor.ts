import type { Actor, Role } from "../kernel/actor";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Who acts when the calendar does: the trail names the system, in the role whose work it does for a region. Jobs use it;
 * no session ever is this actor.
 */
export const systemActor = (role: Role, regionId: string): Actor => ({
  userId: "system",
  username: "system",
  name: "自动办理",
  roles: [role],
  unitId: NOBODY,
  unitName: "系统",
  regionId,
  regionIds: [regionId],
});
