export { hashPassword } from "./password.server";
export { unitOptions, usersWithRole } from "./people.queries.server";
