import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { SMTPServer } from "smtp-server";

/** What a group of the stand-in was told. */
export interface ToldMessage {
  readonly title: string;
  readonly text: string;
}

export interface RobotStandIn {
  /** 127.0.0.1 with its port */
  readonly host: string;
  readonly url: string;
  readonly told: readonly ToldMessage[];
  /** what the next requests are answered with; undefined: as the vendor does */
  answer: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | undefined;
  readonly stop: () => Promise<void>;
}

/** A DingTalk robot as the vendor documents it: takes a message only when it is signed with the secret and of this hour. */
export async function startRobot(secret: string): Promise<RobotStandIn> {
  const told: ToldMessage[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (robot.answer) {
        response.writeHead(robot.answer.status, robot.answer.headers).end(robot.answer.body);
        return;
      }
      const asked = new URL(request.url ?? "/", robot.url).searchParams;
      const timestamp = asked.get("timestamp") ?? "";
      const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
      const isOfThisHour = Math.abs(Date.now() - Number(timestamp)) < 3_600_000;
      if (asked.get("sign") !== sign || !isOfThisHour) {
        response.end('{"errcode":310000,"errmsg":"sign not match"}');
        return;
      }
      const { markdown } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { markdown: ToldMessage };
      told.push(markdown);
      response.end('{"errcode":0,"errmsg":"ok"}');
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const robot: RobotStandIn = {
    host,
    url: `http://${host}/robot/send?access_token=abc`,
    told,
    answer: undefined,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return robot;
}

export interface MailStandIn {
  readonly url: string;
  /** each mail as it came over the wire */
  readonly mails: readonly { readonly to: string; readonly source: string }[];
  /** the number with which recipients are turned away: 550 for good, 451 for now */
  refuse: number | undefined;
  readonly stop: () => Promise<void>;
}

/** A real SMTP server that keeps what it takes. */
export async function startMailServer(): Promise<MailStandIn> {
  const mails: { to: string; source: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, answer) => {
      if (mail.refuse === undefined) return answer();
      answer(Object.assign(new Error("mailbox unavailable"), { responseCode: mail.refuse }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join();
        mails.push({ to, source: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const mail: MailStandIn = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuse: undefined,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  };
  return mail;
}
