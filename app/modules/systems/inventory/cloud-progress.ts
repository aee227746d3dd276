/** How far a system has come on its way to the cloud, as the inventory asks. */
export const CLOUD_PROGRESS = {
  migrated: "已上云",
  moving: "迁移中",
  untouched: "未启动",
  outside: "不计入上云率",
} as const;
export type CloudProgress = keyof typeof CLOUD_PROGRESS;
