import { z } from "zod";

import { keysOf, MATERIAL_KINDS, MATTER_TYPES } from "~/kernel/vocabulary";

import { MATTER_EVENTS } from "./matter.lifecycle";

const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const needed = (label: string, max: number) =>
  z.string(`请填写${label}`).trim().min(1, `请填写${label}`).max(max, `最多 ${max} 个字`);
const version = z.coerce.number().int();
const MOST_TAGS = 10;
const LONGEST_TAG = 20;

/** Tags as they are typed in one line; each once. */
export const splitTags = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[、,，;；\s]+/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** @unit cases a year */
export const MOST_CASES = 100_000_000;

export const matterSchema = z.object({
  code: text(40),
  name: needed("事项名称", 100),
  type: z.enum(keysOf(MATTER_TYPES), "请选择事项类型"),
  online: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
  yearlyCases: z.coerce
    .number("办件量应为整数")
    .int("办件量应为整数")
    .min(0, "办件量不能为负数")
    .max(MOST_CASES, "办件量过大，请核对")
    .optional()
    .transform((value) => value ?? null),
  tags: text(200).refine((typed) => {
    const tags = splitTags(typed);
    return tags.length <= MOST_TAGS && tags.every((tag) => tag.length <= LONGEST_TAG);
  }, `最多 ${MOST_TAGS} 个标签，每个不超过 ${LONGEST_TAG} 个字`),
});
export const newMatterSchema = matterSchema.extend({ unitId: z.uuid("请选择单位") });
export type NewMatterInput = z.infer<typeof newMatterSchema>;

export const editMatterSchema = matterSchema.extend({ version });
export type EditMatterInput = z.infer<typeof editMatterSchema>;

/** What is done on the page of a matter. */
export const matterStepSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(keysOf(MATTER_EVENTS)), version, reason: text(500) }),
  z.object({ intent: z.enum(["linkSystem", "unlinkSystem"]), version, systemId: z.uuid("请选择系统") }),
  z.object({
    intent: z.literal("addMaterial"),
    version,
    choice: z.union([z.literal("new"), z.uuid()], "请选择已有材料，或选择新增"),
    name: text(100),
    kind: z.enum(keysOf(MATERIAL_KINDS)).default("other"),
    issuer: text(100),
    required: z
      .literal("on")
      .optional()
      .transform((value) => value === "on"),
  }),
  z.object({ intent: z.literal("removeMaterial"), version, materialId: z.uuid() }),
]);
export type MatterStepInput = z.infer<typeof matterStepSchema>;
export type AddMaterialInput = Extract<MatterStepInput, { intent: "addMaterial" }>;

/** What is done on the page of a material. */
export const materialStepSchema = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("linkProof"),
    version,
    resourceId: z.uuid("请选择数据资源"),
    itemName: text(200),
    note: text(200),
  }),
  z.object({ intent: z.literal("unlinkProof"), version, proofId: z.uuid() }),
]);
