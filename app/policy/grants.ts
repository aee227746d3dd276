import type { Role } from "../kernel/actor";
import type { Action } from "./actions";

/**
 * How far a permission reaches: `unit` = objects of the actor's own unit; `region` = the actor's region and all below;
 * `operated` = objects that the actor's unit operates; `assigned` = objects that name the actor in person.
 */
export type Reach = "unit" | "operated" | "assigned" | "region";

type Grants = Readonly<Partial<Record<Action, Reach>>>;

const DEPARTMENT_READS: Grants = {
  "desk:read": "unit",
  "project:read": "unit",
  "funding:read": "unit",
  "contract:read": "unit",
  "gate:read": "unit",
  "delivery:read": "unit",
  // The catalog exists to be found by other units: all departments read what is published in their region.
  "catalog:read": "region",
  "demand:read": "unit",
  "system:read": "unit",
  "report:read": "unit",
  "task:read": "unit",
  "supervision:read": "unit",
  "ranking:read": "region",
  "score:read": "unit",
  "bulletin:read": "region",
  // Everyone may see the rules he is judged by.
  "figure:read": "region",
};

const REGION_READS: Grants = {
  "desk:read": "region",
  "dashboard:read": "region",
  "project:read": "region",
  "efficiency:read": "region",
  "funding:read": "region",
  "contract:read": "region",
  "gate:read": "region",
  "delivery:read": "region",
  "catalog:read": "region",
  "demand:read": "region",
  "system:read": "region",
  "report:read": "region",
  "task:read": "region",
  "supervision:read": "region",
  "ranking:read": "region",
  "score:read": "region",
  "bulletin:read": "region",
  "figure:read": "region",
};

/**
 * Role → action → reach. What is not here is denied. The three administrators hold no business permission and no role
 * holds two of their consoles.
 * @source domain.md §1
 */
export const GRANTS: Readonly<Record<Role, Grants>> = {
  filer: {
    ...DEPARTMENT_READS,
    "project:draft": "unit",
    "project:submit": "unit",
    "project:withdraw": "unit",
    "project:start": "unit",
    "change:request": "unit",
    "contract:enter": "unit",
    "arrival:confirm": "unit",
    "payment:enter": "unit",
    "acceptance:apply": "unit",
    "exemption:request": "unit",
    "sanction:remedy": "unit",
    "recollection:remedy": "unit",
    "catalog:register": "unit",
    "catalog:connect": "unit",
    "correction:report": "unit",
    "correction:answer": "unit",
    "demand:apply": "unit",
    "demand:deliver": "unit",
    "system:edit": "unit",
    "cloud:record": "unit",
    "report:fill": "unit",
    "supervision:reply": "unit",
  },
  unitLead: {
    ...DEPARTMENT_READS,
    "project:sign": "unit",
    "project:withdraw": "unit",
    "change:sign": "unit",
    "acceptance:sign": "unit",
    "exemption:sign": "unit",
    "delegation:grant": "unit",
    "catalog:sign": "unit",
    "demand:sign": "unit",
    "demand:answer": "unit",
    "report:sign": "unit",
    "supervision:reply": "unit",
  },
  bureauReviewer: {
    ...REGION_READS,
    "project:review": "region",
    "project:approve": "region",
    "change:decide": "region",
    "acceptance:decide": "region",
    "archive:check": "region",
    "exemption:decide": "region",
    "sanction:propose": "region",
    "sanction:confirm": "region",
    "recollection:report": "region",
    "recollection:confirm": "region",
    "delivery:resend": "region",
    "expert:convene": "region",
    "delegation:grant": "unit",
    "catalog:publish": "region",
    "catalog:test": "region",
    "demand:check": "region",
    "report:urge": "region",
    "task:confirm": "region",
    "supervision:register": "region",
    "supervision:verify": "region",
    "assessment:read": "region",
    "assessment:confirm": "region",
    "bulletin:draft": "region",
  },
  bureauAssessor: {
    ...REGION_READS,
    "delegation:grant": "unit",
    "archive:check": "region",
    "sanction:propose": "region",
    "recollection:report": "region",
    "catalog:test": "region",
    "report:urge": "region",
    "task:confirm": "region",
    "supervision:register": "region",
    "assessment:read": "region",
    "assessment:freeze": "region",
    "bulletin:draft": "region",
  },
  financeReviewer: {
    ...REGION_READS,
    "funding:review": "region",
    "plan:propose": "region",
    "plan:confirm": "region",
    "contract:confirm": "region",
    "arrival:enter": "region",
    "arrival:confirm": "region",
    "payment:confirm": "region",
    "payment:import": "region",
    "delegation:grant": "unit",
  },
  expert: { "desk:read": "unit", "expert:opine": "assigned" },
  operator: {
    "desk:read": "unit",
    "contract:read": "operated",
    "system:read": "operated",
    "cloud:record": "operated",
  },
  leader: { ...REGION_READS, "assessment:read": "region", "bulletin:sign": "region", "bulletin:instruct": "region" },
  auditor: { ...REGION_READS, "assessment:read": "region", "audit:read": "region" },
  systemAdmin: { "desk:read": "unit", "figure:read": "region", "admin:system": "region" },
  securityAdmin: { "desk:read": "unit", "admin:security": "region" },
  auditAdmin: { "desk:read": "unit", "audit:read": "region" },
};
