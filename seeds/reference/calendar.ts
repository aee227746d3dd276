import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import type { Transaction } from "@db/client";
import { projectRoot } from "@db/project-root";
import { calendarDays } from "@db/schema";
import { localDate } from "~/kernel/local-date";
import { newId } from "~/platform/ids.server";

const yearSchema = z.array(z.object({ name: z.string(), date: z.string(), isOffDay: z.boolean() }));

/**
 * Loads the statutory holidays and make-up working days of every year for which `seeds/data/calendar` has a list: a new
 * year is a new file, not new code.
 * @source the State Council's yearly notice on holidays
 */
export async function seedCalendar(tx: Transaction): Promise<void> {
  const folder = path.join(projectRoot(), "seeds/data/calendar");
  const rows = readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const source = `国务院办公厅关于${path.parse(file).name}年部分节假日安排的通知`;
      return yearSchema
        .parse(JSON.parse(readFileSync(path.join(folder, file), "utf8")))
        .map(({ name, date, isOffDay }) => ({ id: newId(), day: localDate(date), off: isOffDay, name, source }));
    });
  await tx.insert(calendarDays).values(rows).onConflictDoNothing();
}
