import { sm3 } from "sm-crypto-v2";

import { canonicalJson } from "~/kernel/canonical-json";

/** SM3 over the canonical JSON of a value, as hex: what the audit trail and published contents are proven with. */
export const digestOf = (value: unknown): string => sm3(canonicalJson(value));
