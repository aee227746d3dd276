import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const text = (missing: string, most: number) => z.string(missing).trim().min(1, missing).max(most, `最多 ${most} 个字`);
const optionalText = (most: number) => z.string().trim().max(most, `最多 ${most} 个字`).default("");
const day = z.string("请选择日期").refine(isLocalDate, "请选择有效的日期").transform(localDate);

const source = text(
  "请填写来源文件和文号，例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕7号）",
  200,
);

/** The list of a year as it is uploaded; whether the file is one is decided by reading it. */
export const uploadListSchema = z.object({
  file: z.instanceof(File, { message: "请选择要上传的文件" }).refine(({ name }) => name !== "", "请选择要上传的文件"),
  source,
});

/** More days than two years of weekends have no list. */
const MOST_DAYS = 400;

/** A list as `seeds/data/calendar` and many public collections write it. */
export const dayListSchema = z
  .array(
    z.object({ name: z.string().trim().min(1).max(50), date: z.string().refine(isLocalDate), isOffDay: z.boolean() }),
  )
  .max(MOST_DAYS)
  .transform((days) => days.map(({ name, date, isOffDay }) => ({ name, day: localDate(date), off: isOffDay })));

/** The list that was looked at in the preview comes back with it, and with what it was compared with. */
export const confirmListSchema = z.object({
  days: z
    .string()
    .max(100_000)
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue("请重新上传文件");
        return z.NEVER;
      }
    })
    .pipe(dayListSchema),
  basis: z.string().max(100),
  source,
  reason: optionalText(500),
});

/** A day that a region orders for itself and all below it. */
export const regionalDaySchema = z.object({
  regionId: z.uuid("请选择适用区域"),
  day,
  kind: z.enum(["off", "work"], "请选择放假或上班"),
  name: text("请填写名称，例如：台风停工", 50),
  source: text("请填写依据文件或通知", 200),
  reason: text("请写明理由", 500),
});

export const removeDaySchema = z.object({ reason: text("请写明撤销理由", 500) });

/** A region's reporting day; months that lack the day take their last one. */
export const reportingDaySchema = z.object({
  reportingDay: z.coerce
    .number("请填写 1 至 31 的整数")
    .int("请填写 1 至 31 的整数")
    .min(1, "请填写 1 至 31 的整数")
    .max(31, "请填写 1 至 31 的整数"),
  was: z.coerce.number().int(),
  reason: text("请写明调整理由", 500),
});
