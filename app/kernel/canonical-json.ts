/**
 * JSON with sorted keys and no white space: the same value is always the same text, so that a hash of it proves it.
 * Dates become ISO text, bigints decimal text; undefined keys are left out. Throws on what JSON would silently lose
 * (NaN, infinities, maps, sets, functions): two different values must never share a text.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`no canonical form for ${value}`);
  if (value === null || typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return JSON.stringify(value.toString());
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item ?? null)).join(",")}]`;
  if (value instanceof Map || value instanceof Set) throw new TypeError("no canonical form for a map or set");
  if (typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(",")}}`;
  }
  throw new TypeError(`no canonical form for ${typeof value}`);
}
