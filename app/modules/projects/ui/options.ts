export { optionsOf } from "~/web/options";
