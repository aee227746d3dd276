export { GateReasons } from "./ui/GateReasons";
