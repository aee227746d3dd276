export { FilingView } from "./ui/FilingView";
