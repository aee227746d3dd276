import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";

const version = z.coerce.number().int();
const needed = (what: string, max: number) =>
  z.string(`请填写${what}`).trim().min(1, `请填写${what}`).max(max, `${what}最多 ${max} 个字`);
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const day = (what: string) =>
  z.string(`请填写${what}`).refine(isLocalDate, `${what}应为真实的年月日，例如 2026-03-31`).transform(localDate);

/** What the register says of a component. */
const fields = {
  name: needed("组件名称", 60),
  purpose: needed("用途", 1000),
  access: text(1000),
  providerUnitId: z.uuid("请选择列表中的提供单位").optional(),
  availableFrom: day("开放日期").optional(),
};

export const addComponentSchema = z.object(fields);
export type ComponentInput = z.infer<typeof addComponentSchema>;
export const editComponentSchema = z.object({ version, ...fields });

export const retireComponentSchema = z.object({ version, retiredOn: day("停用日期"), reason: needed("停用理由", 500) });
