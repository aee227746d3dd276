import { z } from "zod";

import { isLocalDate, localDate } from "~/kernel/local-date";
import { keysOf, TEST_KINDS, TEST_RESULTS } from "~/kernel/vocabulary";

const version = z.coerce.number().int();
const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const needed = (what: string, max: number) =>
  z.string(`请填写${what}`).trim().min(1, `请填写${what}`).max(max, `${what}最多 ${max} 个字`);
const day = (what: string) =>
  z.string(`请填写${what}`).refine(isLocalDate, `${what}应为真实的年月日，例如 2026-03-31`).transform(localDate);

/** What a unit enters of a test. */
const fields = {
  kind: z.enum(keysOf(TEST_KINDS), "请选择测评类型"),
  level: z.coerce.number("请选择等保级别").int().min(1).max(5).optional(),
  filingNumber: text(60),
  passed: z.enum(keysOf(TEST_RESULTS), "请选择测评结论"),
  testedOn: day("测评日期"),
  validUntil: day("有效期至").optional(),
  agency: needed("测评机构", 100),
  reportNumber: needed("报告编号", 60),
};
const file = z.instanceof(File).optional();

export const recordTestSchema = z.object({ systemId: z.uuid("请选择系统"), ...fields, file });
export type TestInput = Omit<z.infer<typeof recordTestSchema>, "systemId" | "file">;
export const correctTestSchema = z.object({ version, ...fields, file });

/** A step on the page of a test. */
export const testStepSchema = z.object({
  version,
  intent: z.enum(["confirm", "return", "withdraw", "annul"]),
  opinion: text(1000),
});
export type TestStepInput = z.infer<typeof testStepSchema>;
