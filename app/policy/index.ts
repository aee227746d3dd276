export { ACTIONS, type Action } from "./actions";
export { actingFor, isDelegable, isSeparated, nameInTrail, ownRoles, samePerson, SEPARATED_ROLES } from "./delegation";
export { authorize, can, canEver, scopeFor, visible, type Governed, type Scope } from "./policy";
