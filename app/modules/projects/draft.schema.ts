import { z } from "zod";

import { keysOf, PROJECT_CLASSES, PROJECT_NATURES } from "~/kernel/vocabulary";

/** What opening a new filing asks: enough to name it; everything else is filled section by section. */
export const newProjectSchema = z.object({
  name: z.string("请填写项目名称").trim().min(4, "项目名称至少 4 个字").max(80, "项目名称最多 80 个字"),
  year: z.coerce
    .number("请填写年度")
    .int()
    .min(2020, "年度应在 2020 至 2040 之间")
    .max(2040, "年度应在 2020 至 2040 之间"),
  nature: z.enum(keysOf(PROJECT_NATURES), "请选择建设性质"),
  class: z.enum(keysOf(PROJECT_CLASSES), "请选择项目类别"),
});

export type NewProject = z.infer<typeof newProjectSchema>;

/** What opening a filing from an earlier project asks; without a name it keeps the old one. */
export const copySchema = newProjectSchema.pick({ year: true }).extend({
  sourceId: z.uuid("请选择要复制的项目"),
  name: newProjectSchema.shape.name.optional(),
});

export type CopyInput = z.infer<typeof copySchema>;
