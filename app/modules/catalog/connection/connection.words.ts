import type { SharingMethod } from "~/kernel/vocabulary";

import type { ConnectionStanding } from "./connection.rules";

/** What an address is called by the method of its resource, and what it looks like. */
export const ADDRESS_WORDS: Readonly<Record<SharingMethod, { readonly label: string; readonly hint: string }>> = {
  interface: { label: "接口地址", hint: "https 地址，不含账号密码，例如 https://share.hs.gov.cn/api/v1/pipes" },
  database: { label: "数据库视图", hint: "视图名称，可带库名和模式名，例如 zrzy.v_pipe" },
  file: { label: "文件路径", hint: "共享交换平台上的绝对路径，例如 /zrzy/dom/2026/" },
};

const TONES = { none: "neutral", untested: "info", failed: "bad", passed: "good" } as const;
export const connectionTone = (standing: ConnectionStanding): (typeof TONES)[ConnectionStanding] => TONES[standing];
