import { accept, refuse, type Result } from "~/kernel/result";
import type { ResourceState, SharingMethod, SharingType } from "~/kernel/vocabulary";

export type AddressProblem = "addressNotHttps" | "addressNotView" | "addressNotPath";

export type ConnectionRefusalCode =
  | AddressProblem
  | "notShared"
  | "notInThisState"
  | "sameAddress"
  | "reasonGiven"
  | "notConnected"
  | "testedAlready"
  | "testedByConnector";

/** Where a resource stands on its way onto the exchange. */
export const CONNECTION_STANDINGS = {
  none: "待挂接",
  untested: "待测试",
  failed: "测试未通过",
  passed: "已挂接",
} as const;
export type ConnectionStanding = keyof typeof CONNECTION_STANDINGS;

export function connectionStanding(
  current: { readonly testResult: "passed" | "failed" | null } | null | undefined,
): ConnectionStanding {
  if (!current) return "none";
  return current.testResult ?? "untested";
}

/** A part of a view's name, as database users write it: quoted by nothing. */
const NAME = /^[\p{L}_][\p{L}\p{N}_$]*$/u;

/**
 * What is wrong with an address, by the method that the catalog entry names: an interface is an https address without a
 * password in it, a database a view, a file an absolute path on the exchange that does not climb.
 * @source domain.md §4
 */
export function addressProblem(method: SharingMethod, address: string): AddressProblem | undefined {
  switch (method) {
    case "interface":
      return isInterfaceAddress(address) ? undefined : "addressNotHttps";
    case "database":
      return isView(address) ? undefined : "addressNotView";
    case "file":
      return isExchangePath(address) ? undefined : "addressNotPath";
  }
}

function isInterfaceAddress(address: string): boolean {
  if (/\s/.test(address) || !URL.canParse(address)) return false;
  const { protocol, hostname, username, password, hash } = new URL(address);
  return protocol === "https:" && hostname !== "" && username + password + hash === "";
}

/** A view, perhaps with its schema and its database before it. */
function isView(address: string): boolean {
  const names = address.split(".");
  return names.length <= 3 && names.every((name) => NAME.test(name));
}

const isExchangePath = (address: string): boolean =>
  /^\/[^\\\s]/.test(address) && !address.includes("\\") && !address.split("/").some((part) => part === "..");

interface Connectable {
  readonly state: ResourceState;
  readonly sharingType: SharingType;
  readonly method: SharingMethod | null;
}

/**
 * May this resource be connected at this address, in the place of the connection it has? The method is the one that its
 * catalog entry names. Whatever is replaced needs a reason.
 * @source domain.md §4
 */
export function decideConnect(
  resource: Connectable,
  current: { readonly address: string; readonly method: SharingMethod } | undefined,
  { address, reason }: { readonly address: string; readonly reason: string },
): Result<SharingMethod, ConnectionRefusalCode> {
  const { state, sharingType, method } = resource;
  if (state !== "registered" && state !== "published") return refuse({ code: "notInThisState" });
  if (sharingType === "none" || method === null) return refuse({ code: "notShared" });
  const problem = addressProblem(method, address);
  if (problem) return refuse({ code: problem, field: "address" });
  if (!current) return accept(method);
  if (current.address === address && current.method === method)
    return refuse({ code: "sameAddress", field: "address" });
  if (!reason) return refuse({ code: "reasonGiven", field: "reason" });
  return accept(method);
}

/**
 * May the test share of a connection be recorded so? By somebody who did not connect it; once, except that a failed one is
 * repeated. A failure says what failed.
 */
export function decideTest(
  current: { readonly testResult: "passed" | "failed" | null } | undefined,
  test: { readonly result: "passed" | "failed"; readonly remark: string; readonly byConnector: boolean },
): Result<null, ConnectionRefusalCode> {
  if (!current) return refuse({ code: "notConnected" });
  if (current.testResult === "passed") return refuse({ code: "testedAlready" });
  if (test.byConnector) return refuse({ code: "testedByConnector" });
  if (test.result === "failed" && !test.remark) return refuse({ code: "reasonGiven", field: "remark" });
  return accept(null);
}
