import { index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";

import {
  DELIVERY_OCCASIONS,
  DELIVERY_STATES,
  type DeliveryOccasion,
  type DeliveryState,
} from "../../app/kernel/vocabulary";
import { oneOf } from "../checks";
import { id, instant, regionId, version } from "../columns";
import { projects } from "./projects";

/**
 * What the city's catalog platform is told of a project: its systems and resources as they were at that moment. The id is
 * the idempotency key; a project's deliveries go out in the order of their numbers.
 */
export const catalogDeliveries = pgTable(
  "catalog_deliveries",
  {
    id: id(),
    regionId: regionId(),
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id),
    number: integer("number").notNull(),
    occasion: text("occasion").$type<DeliveryOccasion>().notNull(),
    projectCode: text("project_code").notNull(),
    payload: jsonb("payload").$type<unknown>().notNull(),
    /** of the payload's canonical bytes */
    digest: text("digest").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    /** real time: also a demonstration's platform answers in real time */
    nextAttemptAt: instant("next_attempt_at"),
    /** held by a sender until then; a sender that died lets go of it */
    leasedUntil: instant("leased_until"),
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    /** the platform's answer, cut short */
    answer: text("answer"),
    deliveredAt: instant("delivered_at"),
    resentBy: text("resent_by"),
    version: version(),
  },
  (t) => [
    oneOf("catalog_deliveries_state_check", t.state, DELIVERY_STATES),
    oneOf("catalog_deliveries_occasion_check", t.occasion, DELIVERY_OCCASIONS),
    unique("catalog_deliveries_number_key").on(t.projectId, t.number),
    index("catalog_deliveries_due_idx").on(t.state, t.nextAttemptAt),
    index("catalog_deliveries_list_idx").on(t.regionId, t.createdAt),
  ],
);

/** Every attempt of a delivery, as it went. */
export const deliveryAttempts = pgTable(
  "delivery_attempts",
  {
    id: id(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => catalogDeliveries.id),
    regionId: regionId(),
    number: integer("number").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    status: integer("status"),
    error: text("error"),
  },
  (t) => [index("delivery_attempts_delivery_idx").on(t.deliveryId, t.number)],
);
