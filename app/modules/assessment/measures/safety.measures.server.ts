import { sql, type SQL } from "drizzle-orm";

import type { TestKind } from "~/kernel/vocabulary";
import { TESTED_FROM_LEVEL } from "~/modules/systems";

import { dayOf, instantOf, measure, systemsAsOf, type MeasureInput } from "./measure.server";

/**
 * Own-built systems from a level on, and those whose latest test that was confirmed by the cut-off was passed and is valid
 * at the end of the period. The register of tests (systems) counts alike; a test compares them.
 */
const validTests =
  (kind: TestKind) =>
  (input: MeasureInput): SQL => sql`
    select s.unit_id, 'system', s.id, s.label, case when t.valid then 1 else 0 end, 1,
      s.mlps_level || '级，' || case when t.valid then '测评有效期至' || t.valid_until else '无有效测评' end
    from ${systemsAsOf(input)} s
    left join lateral (
      select v.valid_until, v.passed = 'passed' and v.valid_until >= ${dayOf(input.asOf)} as valid from security_tests v
      where v.system_id = s.id and v.kind = ${kind} and v.state = 'confirmed' and v.tested_on <= ${dayOf(input.asOf)}
        and (v.confirmed_at is null or v.confirmed_at <= ${instantOf(input.cutoffAt)})
      order by v.tested_on desc, v.passed = 'passed', v.valid_until desc limit 1) t on true
    where s.ownership = 'own' and not s.secret and s.mlps_level >= ${TESTED_FROM_LEVEL[kind]}::int`;

/**
 * 等保测评有效率: own-built systems of level 2 and above; secret systems follow other rules.
 * @unit systems
 * @source domain.md §9 (valid 等保)
 */
export const validMlps = measure("validMlps", validTests("mlps"));

/**
 * 密评有效率: own-built systems of level 3 and above.
 * @unit systems
 * @source domain.md §9 (valid 密评)
 */
export const validCrypto = measure("validCrypto", validTests("crypto"));

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
