/**
 * Is this an address a robot may have? Only https; a gateway on the same machine may be asked without. No name and
 * password, which would stand in logs.
 */
export function isAllowedAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
}

/** The host of an address as the list has it: with its port, unless it is the usual one. */
export const hostOf = (address: string): string => new URL(address).host;

/** A typed host as the list has it; undefined when it is none, such as a whole address or a path. */
export function normalHost(typed: string): string | undefined {
  const address = `https://${typed.trim()}`;
  if (!/^[\p{L}\p{N}.:[\]-]+$/u.test(typed.trim()) || !URL.canParse(address)) return undefined;
  return hostOf(address);
}
