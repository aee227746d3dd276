import { env } from "~/platform/env.server";
import { post, type OutgoingAnswer } from "~/platform/outgoing.server";

/** What is sent: a project's code, the body, and the key under which the platform takes it once. */
export interface Sending {
  readonly projectCode: string;
  readonly body: string;
  readonly key: string;
}

/** The catalog platform as the sender knows it. @throws OutgoingError when no answer came */
export type CatalogPlatform = (sending: Sending) => Promise<OutgoingAnswer>;

/** More of an answer is not read. @unit bytes */
const MOST_ANSWER_BYTES = 16_384;

/** The platform at an address: what goes over the wire is written down in this module's README. */
export function platformAt(base: string, { timeoutMs, apiKey }: { timeoutMs: number; apiKey?: string | undefined }) {
  const root = base.replace(/\/+$/, "");
  const allowedHost = new URL(root).host;
  return (({ projectCode, body, key }) =>
    post({
      url: new URL(`${root}/catalog/projects/${encodeURIComponent(projectCode)}`),
      allowedHost,
      headers: {
        "content-type": "application/json; charset=utf-8",
        accept: "application/json",
        "idempotency-key": key,
        ...(apiKey && { authorization: `Bearer ${apiKey}` }),
      },
      body,
      timeoutMs,
      mostBytes: MOST_ANSWER_BYTES,
    })) satisfies CatalogPlatform;
}

/** The platform that the settings name; undefined when they name none: nothing is sent then. */
export function configuredPlatform(timeoutMs: number): CatalogPlatform | undefined {
  const { CATALOG_PLATFORM_URL: url, CATALOG_PLATFORM_KEY: apiKey } = env();
  return url === undefined ? undefined : platformAt(url, { timeoutMs, apiKey });
}

/** Where deliveries go, for the page; undefined when nowhere. */
export const platformHost = (): string | undefined => {
  const { CATALOG_PLATFORM_URL: url } = env();
  return url === undefined ? undefined : new URL(url).host;
};
