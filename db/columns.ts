import { bigint, date, integer, timestamp, uuid } from "drizzle-orm/pg-core";

import type { Fen } from "../app/kernel/fen";
import type { LocalDate } from "../app/kernel/local-date";
import { regions } from "./schema/regions";

/** Columns that many tables share, so that a name always means the same thing. */

/** uuid v7, made by the application */
export const id = () => uuid("id").primaryKey();

/** every business row belongs to a region: scope, and the key by which the data could be distributed */
export const regionId = () =>
  uuid("region_id")
    .notNull()
    .references(() => regions.id);

/**
 * The region of a row whose parent row carries the same one: kept as a key of distribution, checked with the parent's.
 * Where hundreds of thousands of rows are written at once the second check costs more than the row.
 */
export const parentRegionId = () => uuid("region_id").notNull();

/** raised by every change; a write names the version it read */
export const version = () => integer("version").notNull().default(1);

/** @unit fen */
export const amountFen = (name: string) => bigint(name, { mode: "number" }).$type<Fen>();

/** a business day in Asia/Shanghai */
export const localDateColumn = (name: string) => date(name, { mode: "string" }).$type<LocalDate>();

/** an instant, UTC */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
