export { expertListeners } from "./cancel-with-project.server";
