import { sql } from "drizzle-orm";

import { startOfDay } from "~/kernel/local-date";
import {
  deliveredOn,
  demandNote,
  isCollected,
  isPublished,
  resourcesDue,
  sharingRows,
  validDemands,
} from "~/modules/catalog/index.server";

import { dayOf, instantOf, measure } from "./measure.server";

/** 编目率: resources of approved filings, and those published. @unit resources @source domain.md §4 */
export const cataloguingRate = measure("cataloguingRate", sharingRows.cataloguingRate);

/**
 * 归集率: published resources that are to be shared, and those that arrived on the exchange platform.
 * @unit resources
 * @source domain.md §4
 */
export const collectionRate = measure("collectionRate", sharingRows.collectionRate);

/**
 * 更新及时率: published resources with an update cycle, and those whose last update (at first: publication) is no older
 * than one cycle at the end of the period.
 * @unit resources
 * @source domain.md §4
 */
export const updateOnTimeRate = measure("updateOnTimeRate", sharingRows.updateOnTimeRate);

/**
 * 需求满足率: valid demands to a provider that fell due, and those it met by the end of the period.
 * @unit demands
 * @source domain.md §4
 */
export const demandMetRate = measure("demandMetRate", sharingRows.demandMetRate);

/**
 * 提前满足数据需求: demands delivered before the last day of their limit.
 * @unit demands
 * @source domain.md §9 (bonus)
 */
export const demandsMetEarly = measure(
  "demandsMetEarly",
  (input) => sql`
    select d.provider_unit_id, 'demand', d.id, d.wanted, 1, 0, ${demandNote}
    from ${validDemands(input)} d
    where d.met and ${deliveredOn} < d.due and d.delivered_at >= ${instantOf(startOfDay(input.from))}`,
);

/**
 * 目录质量: the points that one person gave and another confirmed; nobody is judged before that.
 * @unit points
 * @source domain.md §9 (0–max by a person with evidence)
 */
export const catalogQuality = measure(
  "catalogQuality",
  (input) => sql`
    select m.unit_id, 'manualScore', m.unit_id, '人工评分', m.points, 0, m.evidence
    from manual_scores m
    where m.period_id = ${input.periodId} and m.leaf = 'catalogQuality' and m.confirmed_by is not null`,
);

/** 未落实数据共享: sharable resources whose project should be finished, and those not published or not collected. @source domain.md §10 */
export const sharingOutstanding = measure(
  "city.sharingOutstanding",
  (input) => sql`
    select r.unit_id, 'resource', r.id, r.name,
      case when ${isPublished(input)} and ${isCollected(input)} then 0 else 1 end, 1,
      case when not ${isPublished(input)} then '尚未发布目录' when not ${isCollected(input)} then '已发布，尚未归集'
        else '已归集' end
    from ${resourcesDue(input)} r
    where r.sharing_type <> 'none' and (r.project_id is null or r.project_ends_on <= ${dayOf(input.asOf)})`,
);
