import { z } from "zod";

import { keysOf, ROBOT_BRANDS } from "~/kernel/vocabulary";

import { isAllowedAddress, normalHost } from "./robot-address.rules";

const version = z.coerce.number().int();
const words = (what: string, max: number) =>
  z.string(`请填写${what}`).trim().min(2, `请填写${what}，至少 2 个字`).max(max, `${what}最多 ${max} 个字`);

const address = z
  .string("请填写 Webhook 地址")
  .trim()
  .max(1000, "Webhook 地址最多 1000 个字符")
  .refine(isAllowedAddress, "Webhook 地址应以 https:// 开头，从群机器人的设置页复制");

const shared = {
  name: words("机器人名称", 40),
  brand: z.enum(keysOf(ROBOT_BRANDS), "请选择平台"),
  /** left out: the group of the region's bureau */
  unitId: z.uuid("请选择列表中的单位").optional(),
  secret: z.string().trim().max(200, "加签密钥最多 200 个字符").optional(),
};

export const addRobotSchema = z.object({ ...shared, url: address });
/** What is secret is typed anew or stays as it is. */
export const editRobotSchema = z.object({ ...shared, version, url: address.optional() });
export type RobotInput = Omit<z.infer<typeof editRobotSchema>, "version">;

/** The buttons of a robot. */
export const robotStepSchema = z.object({ id: z.uuid(), version });

export const addHostSchema = z.object({
  host: z
    .string("请填写主机名")
    .trim()
    .max(253, "主机名最多 253 个字符")
    .transform((typed, context) => {
      const host = normalHost(typed);
      if (host !== undefined) return host;
      context.addIssue({
        code: "custom",
        message: "请只填主机名，不带 https:// 和路径，例如 oapi.dingtalk.com；端口不是 443 的写上端口",
      });
      return z.NEVER;
    }),
  note: words("用途", 100),
});

export const removeHostSchema = z.object({ id: z.uuid(), version });

/** A sending has no version: how often it was tried says whether the page is of today. */
export const resendSchema = z.object({ id: z.uuid(), attempts: z.coerce.number().int() });
