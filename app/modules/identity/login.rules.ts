import { accept, refuse, type Result } from "~/kernel/result";

/** Limits of failed log-ins. @source quality.md, security table (settings with defaults) */
export interface LoginFigures {
  /** failures per account within the window that lock it */
  readonly perAccount: number;
  /** failures per address within the window that lock it */
  readonly perAddress: number;
  /** length of the window and of the lock @unit minutes */
  readonly lockMinutes: number;
}

export type LoginRefusalCode = "accountLocked" | "addressLocked" | "wrongCredentials";

/** May this attempt be tried at all? Counts are of failures within the window. */
export function admitLogin(
  failures: { readonly account: number; readonly address: number },
  figures: LoginFigures,
): Result<null, LoginRefusalCode> {
  if (failures.account >= figures.perAccount) {
    return refuse({ code: "accountLocked", facts: { minutes: figures.lockMinutes } });
  }
  if (failures.address >= figures.perAddress) {
    return refuse({ code: "addressLocked", facts: { minutes: figures.lockMinutes } });
  }
  return accept(null);
}
