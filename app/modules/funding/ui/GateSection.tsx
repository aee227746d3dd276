import { formatOfficialDate } from "~/kernel/local-date";
import type { Gate } from "~/modules/compliance";
import { evidenceHref, sayGateReason } from "~/modules/compliance";
import { Notice, Section } from "~/ui";

/** The sharing gate of the applicant's unit: open or closed, and every reason with its record. */
export function GateSection({ gate, unitName }: { gate: Gate; unitName: string }) {
  const { open, reasons, exemption } = gate;
  return (
    <Section title="共享闸口" id="gate" note={unitName}>
      {open ? (
        <Notice tone="good" title="闸口已打开">
          {exemption
            ? `以下事项已获豁免（${exemption.reason}），豁免期至${formatOfficialDate(exemption.untilOn)}。`
            : "系统登记、资源发布与更新、数据需求答复、等保和密评均无未了事项。"}
        </Notice>
      ) : (
        <Notice tone="bad" title="闸口未打开，资金评估不能通过">
          以下 {reasons.length} 项消除后自动打开；确需先行的，须办理豁免并由第二人批准。
        </Notice>
      )}
      {reasons.length > 0 && (
        <ul className="divide-y divide-line">
          {reasons.map((reason) => {
            const href = evidenceHref(reason.evidence);
            return (
              <li key={`${reason.code} ${reason.evidence.id}`} className="py-2">
                {sayGateReason(reason)} {href && <a href={href}>查看记录</a>}
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
