export { readNeighbourhood } from "./neighbourhood.queries.server";
export { readReached } from "./reach.queries.server";
export { sightOf } from "./sight.server";
