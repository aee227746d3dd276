import { StatusTag } from "~/ui";

export interface Mention {
  readonly role: "lead" | "responsible";
  readonly mention: string;
  readonly kind: "unit" | "group";
  readonly unitId: string | null;
  readonly unitName: string | null;
}

export interface MentionListProps {
  readonly mentions: readonly Mention[];
  readonly namedAs: Mention["role"];
  /** groups that the region knows, with how many belonged to them on the plan's day */
  readonly groups: Readonly<Record<string, number>>;
}

/** Whom a task names in a role, each as the plan writes it and whom it was found to mean. */
export function MentionList({ mentions, namedAs, groups }: MentionListProps) {
  const list = mentions.filter((each) => each.role === namedAs);
  if (list.length === 0) return <span className="text-secondary">未列明</span>;
  return (
    <ul className="space-y-0.5">
      {list.map((each) => (
        <li key={each.mention} className="flex flex-wrap items-center gap-x-2">
          <span>{each.mention}</span>
          <Meaning mention={each} groups={groups} />
        </li>
      ))}
    </ul>
  );
}

function Meaning({ mention, groups }: { readonly mention: Mention; readonly groups: MentionListProps["groups"] }) {
  if (mention.kind === "group") {
    const members = groups[mention.mention];
    return members === undefined ? (
      <StatusTag tone="warn">集合未对应</StatusTag>
    ) : (
      <StatusTag tone={members > 0 ? "info" : "warn"}>集合，{members} 个单位</StatusTag>
    );
  }
  if (mention.unitId === null) return <StatusTag tone="warn">未对应</StatusTag>;
  if (mention.unitName === mention.mention) return null;
  return <span className="text-[0.8125rem] text-secondary">→ {mention.unitName}</span>;
}
