import { daysBetween, formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { BLOCK_REASONS } from "~/kernel/vocabulary";
import { Notice } from "~/ui";

import type { ShownBlock } from "./CloudTables";

/** What keeps a system from its next step, and for how long. */
export function BlockNotice({ block, today }: { readonly block: ShownBlock; readonly today: LocalDate }) {
  const { step, reason, detail, sinceOn, reporterName } = block;
  return (
    <Notice tone="bad" title={`“${step}”受阻：${BLOCK_REASONS[reason]}`}>
      {detail}
      <span className="block text-[0.8125rem] text-secondary">
        自{formatOfficialDate(sinceOn)}起，已 {daysBetween(sinceOn, today)} 天{reporterName && `；${reporterName} 登记`}
      </span>
    </Notice>
  );
}
