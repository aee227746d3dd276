import type { Refusal } from "~/kernel/result";

import { sayReportRefusal } from "../report/report.refusals";
import type { ReportRefusal } from "../report/report.rules";

/** The sentence of what keeps one row of several from being written or signed. */
export const sayRowRefusal = ({ code, ...rest }: Refusal<ReportRefusal | "overtaken">): string =>
  code === "overtaken"
    ? "这份月报刚刚被别人保存或办理过，这一行没有写入。请核对最新内容后再办理。"
    : sayReportRefusal({ code, ...rest });
