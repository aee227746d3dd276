export { delegationsInForce } from "./delegation/delegations.queries.server";
export { hashPassword } from "./password.server";
export {
  findUnit,
  isWantedUnit,
  peopleOfUnits,
  readWantedUnit,
  unitFilter,
  unitOptions,
  usersWithRole,
} from "./people.queries.server";
