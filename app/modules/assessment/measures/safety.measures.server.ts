import { sql, type SQL } from "drizzle-orm";

import { dayOf, measure, systemsAsOf, type MeasureInput } from "./measure.server";

/** Own-built systems from a level on, and those with a passed test that is valid at the end of the period. */
const validTests =
  (kind: "mlps" | "crypto", fromLevel: number) =>
  (input: MeasureInput): SQL => sql`
    select s.unit_id, 'system', s.id, s.label, case when t.valid_until is null then 0 else 1 end, 1,
      s.mlps_level || '级，' || case when t.valid_until is null then '无有效测评' else '测评有效期至' || t.valid_until end
    from ${systemsAsOf(input)} s
    left join lateral (
      select max(v.valid_until) as valid_until from security_tests v
      where v.system_id = s.id and v.kind = ${kind} and v.passed = 'passed' and v.state = 'confirmed'
        and v.tested_on <= ${dayOf(input.asOf)} and v.valid_until >= ${dayOf(input.asOf)}) t on true
    where s.ownership = 'own' and not s.secret and s.mlps_level >= ${fromLevel}::int`;

/**
 * 等保测评有效率: own-built systems of level 2 and above; secret systems follow other rules.
 * @unit systems
 * @source domain.md §9 (valid 等保)
 */
export const validMlps = measure("validMlps", validTests("mlps", 2));

/**
 * 密评有效率: own-built systems of level 3 and above.
 * @unit systems
 * @source domain.md §9 (valid 密评)
 */
export const validCrypto = measure("validCrypto", validTests("crypto", 3));

/**
 * 重大网络安全事件, the veto: incidents of the year to date that were found major.
 * @unit incidents
 * @source domain.md §9 (一票否决)
 */
export const majorSecurityIncident = measure(
  "majorSecurityIncident",
  ({ regionIds, from, asOf }) => sql`
    select i.unit_id, 'securityIncident', i.id, i.title, 1, 0, i.happened_on || '发生'
    from security_incidents i
    where i.region_id in ${regionIds} and i.severity = 'major' and i.happened_on between ${dayOf(from)} and ${dayOf(asOf)}`,
);
