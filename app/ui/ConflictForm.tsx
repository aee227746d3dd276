import type { ConflictRow } from "~/kernel/form-conflict";

import { Columns } from "./Columns";
import { FormActions } from "./FormActions";
import { Notice } from "./Notice";
import { RadioGroup } from "./RadioGroup";
import { Section } from "./Section";
import { StatusTag } from "./StatusTag";
import { SubmitButton } from "./SubmitButton";

const CHANGED: Readonly<Record<ConflictRow["changedBy"], string>> = {
  both: "两人都改了",
  mine: "只有您改了",
  theirs: "只有他人改了",
};

export interface ConflictFormProps {
  readonly version: number;
  readonly opened: string;
  readonly rows: readonly ConflictRow[];
  readonly mine: readonly (readonly [name: string, value: string])[];
  readonly undecided: boolean;
  /** who saved meanwhile, and when */
  readonly saver: { readonly name: string; readonly at: string } | null;
}

/**
 * Two people edited one form: both versions side by side, decided field by field, then saved on top of the newest.
 * What was typed is sent along hidden, so nothing of it is lost whatever is pressed; it works without script.
 */
export function ConflictForm({ version, opened, rows, mine, undecided, saver }: ConflictFormProps) {
  const their = saver ? `${saver.name} ${saver.at} 保存的` : "他人已保存的";
  return (
    <form method="post">
      <Notice tone="bad" title="您填写期间，别人保存了这一部分">
        {rows.length > 0
          ? `共有 ${rows.length} 项不同，左右对照如下，都没有丢失。请逐项选择保留哪一份，再保存。`
          : "两份内容完全一样，请再保存一次。"}
      </Notice>
      {undecided && <Notice tone="warn" title="还有项目没有选择，请逐项选择后再保存。" />}
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="opened" value={opened} />
      {mine.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {rows.map((row) => (
        <Section
          key={row.field}
          title={row.label}
          note={<StatusTag tone={row.changedBy === "both" ? "warn" : "neutral"}>{CHANGED[row.changedBy]}</StatusTag>}
        >
          <Columns>
            <Version title={their} lines={row.theirs} marked={row.onlyTheirs} />
            <Version title="我填写的" lines={row.mine} marked={row.onlyMine} />
          </Columns>
          <div className="mt-3">
            <RadioGroup
              name={`choice-${row.field}`}
              label={`${row.label}保留哪一份`}
              labelHidden
              inline
              defaultValue={row.proposed}
              options={[
                { value: "theirs", label: "用他人已保存的" },
                { value: "mine", label: "用我填写的" },
              ]}
            />
          </div>
        </Section>
      ))}
      <FormActions note="保存后仍可继续修改。">
        <SubmitButton name="intent" value="merge" pendingLabel="正在保存…">
          按所选保存
        </SubmitButton>
        <SubmitButton variant="secondary" name="intent" value="mergeEdit" pendingLabel="正在打开…">
          按所选合并，接着修改
        </SubmitButton>
        <SubmitButton variant="secondary" name="intent" value="mergeMine" pendingLabel="正在保存…">
          全部用我的
        </SubmitButton>
        <SubmitButton variant="secondary" name="intent" value="mergeTheirs" pendingLabel="正在放弃…">
          全部用他人的
        </SubmitButton>
      </FormActions>
    </form>
  );
}

/** One side of a field; what the other side lacks is marked. */
function Version({
  title,
  lines,
  marked,
}: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly marked: readonly string[];
}) {
  return (
    <div className="min-w-0 rounded border border-line px-3 py-2">
      <p className="mb-1 text-[0.8125rem] text-secondary">{title}</p>
      {lines.length === 0 && <p className="text-secondary">（空）</p>}
      <ul className="space-y-1">
        {lines.map((line, index) => (
          <li key={`${index} ${line}`} className="whitespace-pre-line break-words">
            {marked.includes(line) ? <mark className="bg-warn-soft text-ink">{line}</mark> : line}
          </li>
        ))}
      </ul>
    </div>
  );
}
