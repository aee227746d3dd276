export { hashPassword } from "./password.server";
export { unitOptions, usersWithRole, type UnitOption } from "./people.queries.server";
