export { wired } from "~/web/wired";
