import { formatOfficialDate } from "~/kernel/local-date";
import type { ProjectClass, ProjectNature } from "~/kernel/vocabulary";
import { isMoneyOpen, type Gate } from "~/modules/compliance";
import { GateReasons } from "~/modules/compliance/index.ui";
import { LinkButton, Notice, Section } from "~/ui";

interface GateSectionProps {
  readonly gate: Gate;
  readonly project: {
    readonly unitId: string;
    readonly nature: ProjectNature | null;
    readonly class: ProjectClass | null;
  };
  readonly unitName: string;
}

/** The sharing gate of the applicant's unit: whether money may flow to this project, and every reason with its record. */
export function GateSection({ gate, project, unitName }: GateSectionProps) {
  const { reasons, exemption } = gate;
  const open = isMoneyOpen(gate, project);
  return (
    <Section
      title="共享闸口"
      id="gate"
      note={unitName}
      actions={<LinkButton href={`/gates/${project.unitId}`}>查看单位闸口</LinkButton>}
    >
      {open ? (
        <Notice tone="good" title="闸口已打开">
          {exemption && reasons.length > 0
            ? `以下事项已获豁免（${exemption.reason}），豁免期至${formatOfficialDate(exemption.untilOn)}。`
            : reasons.length > 0
              ? "以下事项不影响本项目的资金。"
              : "系统登记、资源发布更新与挂接、数据需求、等保和密评、重复采集、惩戒均无未了事项。"}
        </Notice>
      ) : (
        <Notice tone="bad" title="闸口未打开，资金评估不能通过">
          以下停办资金的事项消除后自动打开；确需先行的，由单位申请豁免，经分管领导签批、数据局批准。
        </Notice>
      )}
      {reasons.length > 0 && <GateReasons reasons={reasons} />}
    </Section>
  );
}
