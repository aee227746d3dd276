export { registerItemFor, type NewItem } from "./register-item.server";
