import { z } from "zod";

const version = z.coerce.number().int();

/** Where a resource is reached; the method is the one of its catalog entry. */
export const connectSchema = z.object({
  version,
  address: z.string("请填写挂接地址").trim().min(1, "请填写挂接地址").max(500, "挂接地址最多 500 个字"),
  reason: z.string().trim().max(300, "原因最多 300 个字").optional().default(""),
});

/** How the test share went. */
export const testSchema = z.object({
  version,
  result: z.enum(["passed", "failed"], "请选择测试结果"),
  remark: z.string().trim().max(500, "测试情况最多 500 个字").optional().default(""),
});
