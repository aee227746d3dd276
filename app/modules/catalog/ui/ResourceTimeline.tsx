import { formatInstant } from "~/kernel/local-date";
import { Section, Timeline } from "~/ui";

import { CATALOG_EVENT_WORDS } from "../resource-words";

interface Event {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly unitName: string;
  readonly actorName: string;
  readonly reason: string | null;
}

/** What happened to an entry, newest first. */
export function ResourceTimeline({ events }: { events: readonly Event[] }) {
  return (
    <Section title="办理过程">
      {events.length === 0 ? (
        <p className="text-secondary">暂无记录</p>
      ) : (
        <Timeline
          entries={events.map((event) => ({
            key: event.id,
            who: `${event.unitName} ${event.actorName}`,
            what: CATALOG_EVENT_WORDS.get(event.type) ?? "其他",
            when: formatInstant(new Date(event.at)),
            reason: event.reason ?? undefined,
          }))}
        />
      )}
    </Section>
  );
}
