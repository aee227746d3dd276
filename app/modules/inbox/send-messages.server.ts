import type { Database } from "@db/client";
import { loadFigures } from "~/platform/figures.server";
import { businessTime } from "~/platform/installation.server";
import { configuredMailer, MailError, type Mailer } from "~/platform/mail.server";
import { OutgoingError, post } from "~/platform/outgoing.server";

import { claimForRobot, claimMail, type Claimed, type ClaimedForRobot } from "./claim-sendings.server";
import { hostOf, isAllowedAddress } from "./robot-address.rules";
import { isListedHost } from "./hosts.queries.server";
import { judgeRobotAnswer, MESSAGE_LIMITS, robotRequest } from "./robot.rules";
import { composeMessage, type BackOff, type Failure } from "./sending.rules";
import { settleSendings } from "./settle-sendings.server";

/** How the sender works. Tests shorten its times. */
export interface SenderSettings {
  /** undefined: none is configured, and no mail is sent */
  readonly mailer: Mailer | undefined;
  /** mails that are handed over at the same time */
  readonly lanes: number;
  readonly mailBackOff: BackOff;
  readonly robotBackOff: BackOff;
  /** an attempt to reach a robot is over after this @unit ms */
  readonly timeoutMs: number;
  /** longer than any attempt may take, so that a lease runs out only when its process died @unit ms */
  readonly leaseMs: number;
}

const LONGEST_RETRY_MS = 6 * 3_600_000;
/** A run of the job ends after this and the next one goes on. @unit ms */
const RUN_MS = 5 * 60_000;
const MOST_ANSWER_BYTES = 4_096;

const usualSettings = (): SenderSettings => ({
  mailer: configuredMailer(),
  lanes: 3,
  mailBackOff: { firstMs: 5_000, longestMs: LONGEST_RETRY_MS },
  // Not within the minute in which a robot's messages are counted.
  robotBackOff: { firstMs: 61_000, longestMs: LONGEST_RETRY_MS },
  timeoutMs: 5_000,
  leaseMs: 60_000,
});

/**
 * Sends what is due until nothing is: mails one by one, what waits for one robot as one message. Any number of processes
 * may do so at once.
 * @returns how many messages were tried
 */
export async function sendMessages(db: Database, given?: SenderSettings): Promise<number> {
  const settings = given ?? usualSettings();
  const { mailer, lanes } = settings;
  const over = AbortSignal.timeout(RUN_MS);
  try {
    const tried = await Promise.all([
      sendToRobots(db, settings, over),
      ...(mailer ? Array.from({ length: lanes }, () => sendMails(db, mailer, settings, over)) : []),
    ]);
    return tried.reduce((sum, n) => sum + n, 0);
  } finally {
    if (!given) mailer?.close();
  }
}

async function sendMails(db: Database, mailer: Mailer, settings: SenderSettings, over: AbortSignal): Promise<number> {
  for (let tried = 0; ; tried++) {
    const claimed = over.aborted ? undefined : await claimMail(db, settings.leaseMs);
    if (!claimed) return tried;
    await settle(db, claimed, await mail(mailer, claimed), settings.mailBackOff);
  }
}

async function sendToRobots(db: Database, settings: SenderSettings, over: AbortSignal): Promise<number> {
  const { today } = await businessTime(db);
  const perMinute = (await loadFigures(db, today)).number("message.robotPerMinute");
  for (let tried = 0; ; tried++) {
    const claimed = over.aborted ? undefined : await claimForRobot(db, { leaseMs: settings.leaseMs, perMinute });
    if (!claimed) return tried;
    await settle(db, claimed, await tellRobot(db, claimed, settings), settings.robotBackOff);
  }
}

async function settle(db: Database, claimed: Claimed, failure: Failure | undefined, backOff: BackOff): Promise<void> {
  const { now: sentAt } = await businessTime(db);
  await settleSendings(db, claimed, failure, { sentAt, backOff });
}

async function mail(mailer: Mailer, { rows: [row] }: Claimed): Promise<Failure | undefined> {
  if (!row) throw new Error("a claim without a mail");
  try {
    await mailer.send({ to: row.address, subject: row.subject, text: row.body });
    return undefined;
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return { code: "mail", detail: error.detail, permanent: error.permanent };
  }
}

async function tellRobot(
  db: Database,
  claimed: ClaimedForRobot,
  { timeoutMs, leaseMs }: SenderSettings,
): Promise<Failure | undefined> {
  const { robot, rows } = claimed;
  const [first] = rows;
  // Host and address are asked for now: what was taken off the list since the robot was entered is reached no more.
  const host = hostOf(robot.url);
  if (!isAllowedAddress(robot.url) || !(await isListedHost(db, robot.regionId, host)))
    return { code: "notAllowed", detail: host };
  const title = rows.length > 1 ? `${first?.subject ?? ""}等 ${rows.length} 条消息` : (first?.subject ?? "");
  const text = composeMessage(
    rows.map(({ body }) => body),
    MESSAGE_LIMITS[robot.brand],
  );
  const { url, body } = robotRequest(robot, { title, text }, claimedAtMs(claimed, leaseMs));
  try {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const limits = { timeoutMs, mostBytes: MOST_ANSWER_BYTES };
    const answer = await post({ url, allowedHost: host, headers, body, ...limits, publicOnly: true });
    return judgeRobotAnswer(answer.status, answer.body);
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    return { code: error.kind, detail: error.detail };
  }
}

/** When the database handed the message out: the receiver asks for real time, which a demonstration's clock is not. */
function claimedAtMs({ rows: [first] }: Claimed, leaseMs: number): number {
  if (!first?.leasedUntil) throw new Error("a claim without a lease");
  return first.leasedUntil.getTime() - leaseMs;
}
