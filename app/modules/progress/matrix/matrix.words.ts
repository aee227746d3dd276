import type { ReportStatus } from "~/kernel/vocabulary";

/** 口径 of the counts of reports. @source domain.md §7 */
export const REPORT_DEFINITIONS: Readonly<Record<ReportStatus, string>> = {
  onTime: "首次报送（分管领导签批）不晚于截止日期的月报。",
  late: "首次报送晚于截止日期的月报，事后更正不改变。",
  missing: "截止日期已过、至今未报送的月报。",
  notDue: "截止日期未到、尚未报送的月报。",
};

export const LIGHT_DEFINITION = "已报送月报当月的进度灯：方形滞后、三角预警、圆形正常；单位一格取其中最差的一盏。";
