import { setTimeout as delay } from "node:timers/promises";

import { openDatabase } from "@db/client";
import { platformAt } from "~/modules/delivery/catalog-platform.server";
import { sendDeliveries } from "~/modules/delivery/send-deliveries.server";
import { newId } from "~/platform/ids.server";

import { LEASE_MS, TIMEOUT_MS } from "./delivery-times";

/**
 * Run as a process of its own: sends what is due, again and again, until it is killed or whoever started it is gone.
 * argv: database, platform, "freshKeys" for a sender that does not keep a delivery's key (the negative control).
 */
const [databaseUrl = "", platformUrl = "", variant] = process.argv.slice(2);
const platform = platformAt(platformUrl, { timeoutMs: TIMEOUT_MS });
const db = openDatabase(databaseUrl, { max: 6 });
process.on("disconnect", () => process.exit());
process.send?.("ready");

for (;;) {
  const attempts = await sendDeliveries(db, {
    platform: variant === "freshKeys" ? (sending) => platform({ ...sending, key: newId() }) : platform,
    backOff: { firstMs: 20, longestMs: 400 },
    leaseMs: LEASE_MS,
    lanes: 4,
    chance: Math.random,
  });
  if (attempts === 0) await delay(25);
}
