const NAME = "mingjing-type";
const YEAR_SECONDS = 365 * 86_400;

/** Has this browser asked for the large-type edition (大字版)? */
export function wantsLargeType(request: Request): boolean {
  return (request.headers.get("cookie") ?? "").split(/;\s*/).includes(`${NAME}=large`);
}

/** The Set-Cookie value that remembers the choice for a year. */
export function rememberType(large: boolean): string {
  return `${NAME}=${large ? "large" : "standard"}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`;
}
