import { Section, StatusTag } from "~/ui";

import { sayMissing } from "../acceptance.refusals";
import type { Missing } from "../acceptance.rules";
import { placeOf } from "../acceptance.words";

/** What stands between a project and its acceptance, each with the place where it is put right. */
export function MissingList({
  projectId,
  missing,
  toSubmit,
}: {
  readonly projectId: string;
  readonly missing: readonly Missing[];
  /** the first of them, that the unit must do before it submits */
  readonly toSubmit: number;
}) {
  const [first, later] = [missing.slice(0, toSubmit), missing.slice(toSubmit)];
  return (
    <Section title="还差什么" id="missing" note={missing.length > 0 ? `共 ${missing.length} 项` : undefined}>
      {missing.length === 0 ? (
        <p className="flex flex-wrap items-center gap-2">
          <StatusTag tone="good">条件都已满足</StatusTag>
          应交的材料和应办的事项都已办妥。
        </p>
      ) : (
        <div className="space-y-4">
          <Group title="提交前须补齐" projectId={projectId} missing={first} />
          <Group title="通过前须办妥" projectId={projectId} missing={later} />
        </div>
      )}
    </Section>
  );
}

function Group({
  title,
  projectId,
  missing,
}: {
  readonly title: string;
  readonly projectId: string;
  readonly missing: readonly Missing[];
}) {
  if (missing.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="divide-y divide-line border-y border-line">
        {missing.map((each) => {
          const place = placeOf(projectId, each);
          return (
            <li key={`${each.code} ${each.facts?.paper ?? each.facts?.entryId ?? ""}`} className="flex gap-3 py-2">
              <StatusTag tone="warn">缺</StatusTag>
              <span className="min-w-0 flex-1">{sayMissing(each)}</span>
              {place && (
                <a href={place.href} className="flex-none whitespace-nowrap">
                  {place.label}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
