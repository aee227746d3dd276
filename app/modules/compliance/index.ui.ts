export { GatePassages, GateReasons } from "./ui/GateReasons";
