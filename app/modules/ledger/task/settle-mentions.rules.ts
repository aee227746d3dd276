import { foldName } from "~/kernel/names";
import type { LocalDate } from "~/kernel/local-date";
import { accept, refuse, type Refusal, type Result } from "~/kernel/result";

import { matchMention, type MatchedMention, type NamedAs, type UnitDirectory } from "../match/match-units.rules";

/** A name as a person corrects it: how the plan writes it, and which unit or group it means; blank: none of the region. */
export interface TypedMention {
  readonly mention: string;
  readonly means: string;
}

export type MentionRefusal = "nameMissing" | "nameUnknown";

/** Names that stand for groups also where the region knows no such group. */
const GROUP = /各|所有|有关|相关/;

/**
 * What a person says that the names of a list mean. A name that is left without a meaning stays as the plan writes it, in
 * doubt; one unit or group stands once. Refuses with nameMissing (row), nameUnknown (name) at the list's field.
 */
export function settleMentions(
  typed: readonly TypedMention[],
  list: NamedAs,
  directory: UnitDirectory,
  on: LocalDate,
): Result<readonly MatchedMention[], MentionRefusal> {
  const wrong: Refusal<MentionRefusal>[] = [];
  const settled = typed.flatMap(({ mention, means }, index): MatchedMention[] => {
    const name = mention || means;
    if (name === "") {
      wrong.push({ code: "nameMissing", field: list, facts: { row: index + 1 } });
      return [];
    }
    if (means === "") return [unmatched(name, list, directory)];
    const found = matchMention({ kind: "unit", name: means }, list, directory, on);
    if (found.kind === "unit" && found.unitId === null) {
      wrong.push({ code: "nameUnknown", field: list, facts: { name: means } });
      return [];
    }
    // a group is known by its own name, a unit keeps the plan's word for it; whom the person named is not in doubt
    const isEmpty = found.doubt?.code === "groupEmpty";
    return [{ ...found, mention: found.kind === "group" ? found.mention : name, doubt: isEmpty ? found.doubt : null }];
  });
  return wrong.length > 0 ? refuse(...wrong) : accept(once(settled));
}

function unmatched(name: string, list: NamedAs, { groups }: UnitDirectory): MatchedMention {
  // a group is resolved by its name: a name that shall mean nobody is not kept as the group that bears it
  const isKnown = groups.some((group) => foldName(group.name) === foldName(name));
  const kind = GROUP.test(name) && !isKnown ? "group" : "unit";
  const code = kind === "group" ? "groupUnknown" : "unitUnknown";
  return { mention: name, kind, unitId: null, doubt: { code, facts: { list, name } } };
}

const once = (mentions: readonly MatchedMention[]): MatchedMention[] =>
  mentions.filter(
    (each, index) =>
      mentions.findIndex(
        (other) => (other.unitId ?? foldName(other.mention)) === (each.unitId ?? foldName(each.mention)),
      ) === index,
  );
