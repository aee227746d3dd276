export { hearReport } from "./coordination/coordination.rules";
export { withRules } from "./light/light-rule";
export {
  reminderFiguresOf,
  reminderStage,
  reminderTitle,
  reportsHref,
  type ReminderStage,
} from "./duty/reminder.rules";
export { plannedPercentAt } from "./plan/plan.rules";
export { lightOf, rememberedLight, reportDueOn, type LightFigures, type LightReason } from "./progress.rules";
