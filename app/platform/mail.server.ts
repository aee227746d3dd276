import { createTransport } from "nodemailer";

import { env } from "./env.server";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Why a mail did not leave; when it is permanent, trying again does not help. */
export class MailError extends Error {
  constructor(
    readonly permanent: boolean,
    /** the server's own words, or the system's: ECONNREFUSED … */
    readonly detail: string,
  ) {
    super(detail);
    this.name = "MailError";
  }
}

/** Hands mails to a mail server, several at a time over connections that are kept. */
export interface Mailer {
  /** @throws MailError when the server did not take it */
  readonly send: (mail: Mail) => Promise<void>;
  readonly close: () => void;
}

/** For connecting, greeting and each answer. @unit ms */
const TIMEOUT_MS = 10_000;
const CONNECTIONS = 3;
const MOST_DETAIL_CHARACTERS = 200;

/** A mail server at an address, and who the mail comes from. */
export function mailerAt(url: string, from: string): Mailer {
  const transport = createTransport({
    pool: true,
    url,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // What is sent is text that we wrote: nothing is read from files or fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text }) => {
      try {
        await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
      } catch (error) {
        throw asMailError(error);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/** Is there a mail server, and a sender to be named? */
export function mailIsConfigured(): boolean {
  const { SMTP_URL, MAIL_FROM } = env();
  return SMTP_URL !== undefined && MAIL_FROM !== undefined;
}

/** The mail server that the settings name; undefined when they name none: no mail is sent then. */
export function configuredMailer(): Mailer | undefined {
  const { SMTP_URL, MAIL_FROM } = env();
  return SMTP_URL === undefined || MAIL_FROM === undefined ? undefined : mailerAt(SMTP_URL, MAIL_FROM);
}

/** A server's 5xx is its last word (no such mailbox …); everything else may be better later. */
function asMailError(error: unknown): MailError {
  const { code, response, responseCode } = error as { code?: unknown; response?: unknown; responseCode?: unknown };
  const words = [response, code].find((word): word is string => typeof word === "string" && word !== "") ?? "";
  const permanent = typeof responseCode === "number" && responseCode >= 500;
  return new MailError(permanent, words.slice(0, MOST_DETAIL_CHARACTERS));
}
