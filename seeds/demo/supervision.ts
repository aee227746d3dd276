import type { Transaction } from "@db/client";
import {
  domainEvents,
  files,
  supervisionItems,
  supervisionPapers,
  supervisionSequences,
  supervisionSlips,
  supervisionTalks,
} from "@db/schema";
import type { RuleFigures } from "~/platform/figures.server";

import type { City } from "./city";
import { insertAll } from "./insert";
import { demoItems, SUPERVISION_YEAR } from "./supervision-items";
import { writePapers } from "./supervision-papers";
import { replaySlips } from "./supervision-replay";
import { heldTalks } from "./supervision-talks";

/**
 * The supervised items of the demonstration with their history, and what the clock made of them: slips and talks by the rules themselves, replayed day by day.
 */
export async function writeSupervision(tx: Transaction, city: City, figures: RuleFigures): Promise<void> {
  const items = demoItems(city);
  const { slips, talks, events } = replaySlips(city, figures, items);
  const held = heldTalks(city, talks);
  const { fileRows, paperRows } = await writePapers(tx, city, [
    ...items.flatMap(({ papers }) => papers),
    ...held.papers,
  ]);
  await insertAll(
    tx,
    supervisionItems,
    items.map(({ row }) => row),
  );
  await insertAll(tx, supervisionSlips, slips);
  await insertAll(tx, supervisionTalks, held.rows);
  await insertAll(tx, files, fileRows);
  await insertAll(tx, supervisionPapers, paperRows);
  await insertAll(tx, domainEvents, [...items.flatMap((item) => item.events), ...events, ...held.events]);
  const { regionId } = city;
  const sequence = (series: "item" | "slip" | "talk", last: number) => ({
    regionId,
    series,
    year: SUPERVISION_YEAR,
    last,
  });
  await insertAll(tx, supervisionSequences, [
    sequence("item", items.length),
    sequence("slip", slips.length),
    sequence("talk", talks.length),
  ]);
}
