export { ACTIONS, type Action } from "./actions";
export { authorize, can, canEver, scopeFor, visible, type Governed, type Scope } from "./policy";
