import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const words = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(4, `请填写${label}，至少 4 个字`).max(max, `${label}最多 ${max} 个字`);

/** What the bureau records of a talk that was held. */
export const holdTalkSchema = z.object({
  version: z.coerce.number().int(),
  heldOn: z
    .string("请填写约谈日期")
    .refine(isLocalDate, "约谈日期应为真实的年月日，例如 2026-07-20")
    .transform(localDate),
  attendees: words("参加人员", 300),
  conclusion: words("约谈结论", 2000),
});
