export { registerItemFor } from "./register-item.server";
