import path from "node:path";
import { z } from "zod";

/** A setting that may be missing; an empty one is none. */
const given = <T extends z.ZodType>(setting: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), setting.optional());

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z.string().optional(),
  ORIGIN: z.url().optional(),
  DEMO_PASSWORD: z.string().default("Mingjing#2026"),
  /** processes that serve one port */
  WEB_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(1),
  /** the city's catalog platform (目录管理系统); without it deliveries wait */
  CATALOG_PLATFORM_URL: given(z.url({ protocol: /^https?$/ })),
  CATALOG_PLATFORM_KEY: given(z.string().min(8)),
  /** the city's mail server, `smtps://user:password@host:465`; without it, or without a sender, no mail is written */
  SMTP_URL: given(z.url({ protocol: /^smtps?$/ })),
  /** who mail comes from: 明镜 <mingjing@example.gov.cn> */
  MAIL_FROM: given(z.string().regex(/^[^\r\n]+@[^\s]+$/)),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

export type Env = Omit<z.infer<typeof schema>, "ORIGIN"> & { ORIGIN: string | undefined };

let cached: Env | undefined;

/** The settings of this process, checked once. Throws with the name of the wrong variable. */
export function env(): Env {
  if (!cached) {
    const parsed = schema.safeParse(process.env);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
      throw new Error(`环境变量有误：${wrong}`);
    }
    cached = { ...parsed.data, ORIGIN: parsed.data.ORIGIN, DATA_DIR: path.resolve(parsed.data.DATA_DIR) };
  }
  return cached;
}

/** A page's address as it is written where the browser does not know the host: in mail and chat groups. */
export function absoluteUrl(href: string): string {
  const { ORIGIN, HOST, PORT } = env();
  return new URL(href, ORIGIN ?? `http://${HOST}:${PORT}`).href;
}
