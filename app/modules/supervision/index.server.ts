export { registerItemFor, type NewItem } from "./register-item-for.server";
