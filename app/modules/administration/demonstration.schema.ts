import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

/** Moving the demonstration's today: forward only, so that nothing recorded lies in the future. */
export const moveTodaySchema = z.object({
  today: z.string("请选择日期").refine(isLocalDate, "请选择有效的日期").transform(localDate),
});
