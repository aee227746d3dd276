import { formatInstant, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { Section, Timeline, type Tone } from "~/ui";

interface ProcessProps {
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly actorName: string;
    readonly unitName: string;
    readonly reason: string | null;
  }[];
  readonly words: Readonly<Record<string, string>>;
  readonly tones: Readonly<Partial<Record<string, Tone>>>;
  readonly next: { readonly what: string; readonly who: string; readonly until?: LocalDate | null } | undefined;
}

/** What happened, the latest first, and what comes next for whom. */
export function Process({ events, words, tones, next }: ProcessProps) {
  const waiting = next
    ? [
        {
          key: "next",
          what: next.what,
          who: next.who,
          current: true,
          until: next.until ? formatOfficialDate(next.until) : undefined,
        },
      ]
    : [];
  const past = events.map(({ id, type, at, actorName, unitName, reason }) => ({
    key: id,
    what: words[type] ?? type,
    who: `${unitName} ${actorName}`,
    when: formatInstant(new Date(at)),
    reason,
    tone: tones[type] ?? ("info" as const),
  }));
  return (
    <Section title="办理过程">
      <Timeline entries={[...waiting, ...past]} />
    </Section>
  );
}
