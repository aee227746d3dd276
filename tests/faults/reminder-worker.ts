import { openDatabase } from "@db/client";
import { localDate, startOfDay } from "~/kernel/local-date";
import { remindReports } from "~/modules/progress/duty/remind-reports.server";

/** Run as a process of its own: reminds of what is due on a day, a unit at a time, and ends. argv: database, day. */
const [databaseUrl = "", day = ""] = process.argv.slice(2);
const db = openDatabase(databaseUrl, { max: 2, statementTimeoutMs: 120_000 });
const today = localDate(day);
process.on("disconnect", () => process.exit());

await remindReports(db, { today, now: startOfDay(today) }, 1);
await db.close();
process.disconnect();
