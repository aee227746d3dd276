import { z } from "zod";

import { SPECIAL_REASONS } from "./scope.rules";

const text = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default("");
const ticked = z
  .string()
  .optional()
  .transform((value) => value === "on" || value === "true");

export const proposeScopeSchema = z
  .object({
    systemId: z.uuid("请选择系统"),
    version: z.coerce.number().int(),
    kind: z.enum(["byRule", "special"], "请选择认定结果"),
    reason: z.enum(SPECIAL_REASONS, "请选择特殊原因").optional(),
    managed: ticked,
    interfacesOpen: ticked,
    explanation: text(2000),
    file: z.instanceof(File).optional(),
  })
  .superRefine(({ kind, reason }, context) => {
    if (kind === "special" && !reason) {
      context.addIssue({ code: "custom", path: ["reason"], message: "请选择特殊原因" });
    }
  });
export type ProposeScopeInput = Omit<z.infer<typeof proposeScopeSchema>, "file">;

/** A step of a proposal taken on its page. */
export const scopeStepSchema = z.object({
  version: z.coerce.number().int(),
  intent: z.enum(["confirm", "decline", "withdraw"]),
  opinion: text(2000),
});
