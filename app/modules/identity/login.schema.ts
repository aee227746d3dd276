import { z } from "zod";

export const loginSchema = z.object({
  username: z.string("请输入账号").trim().max(64, "账号过长"),
  password: z.string("请输入密码").max(256, "密码过长"),
  next: z.string().optional(),
});
