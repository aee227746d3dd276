import { formatInstant } from "~/kernel/local-date";
import { Section, Timeline, type Tone } from "~/ui";

interface CloudProcessProps {
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly actorName: string;
    readonly unitName: string;
    readonly reason: string | null;
  }[];
  readonly words: Readonly<Record<string, string>>;
  readonly tones?: Readonly<Partial<Record<string, Tone>>>;
  readonly next: { readonly what: string; readonly who: string } | undefined;
}

/** What happened, the latest first, and what comes next for whom. */
export function CloudProcess({ events, words, tones = {}, next }: CloudProcessProps) {
  const waiting = next ? [{ key: "next", what: next.what, who: next.who, current: true }] : [];
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
      {waiting.length + past.length === 0 ? (
        <p className="text-secondary">还没有办理记录。</p>
      ) : (
        <Timeline entries={[...waiting, ...past]} />
      )}
    </Section>
  );
}
