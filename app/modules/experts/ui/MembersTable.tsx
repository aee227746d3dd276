import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { formatInstant } from "~/kernel/local-date";
import { EXPERT_VERDICTS, type ExpertVerdict } from "~/kernel/vocabulary";
import {
  DataTable,
  ErrorSummary,
  Fields,
  FormActions,
  Section,
  Select,
  StatusTag,
  SubmitButton,
  TextInput,
} from "~/ui";
import { summaryOf } from "~/web/summary";

import { SEAT_TONES, VERDICT_TONES } from "../expert-words";
import { SEAT_STATES, type SeatState } from "../opinion.lifecycle";
import type { ReplaceInput } from "../panel.schema";
import { expertLabel, type ExpertOption } from "./ConveneForm";

export interface Member {
  readonly id: string;
  readonly expertId: string;
  readonly name: string;
  readonly specialty: string | null;
  readonly employer: string | null;
  readonly title: string | null;
  readonly state: SeatState;
  readonly replaced: boolean;
  readonly avoidReason: string;
  readonly releaseReason: string | null;
  readonly givenAt: string | null;
  readonly verdict: ExpertVerdict | null;
}

/** Who sits on the panel, how each seat stands, and what each said. */
export function MembersTable({ members }: { members: readonly Member[] }) {
  return (
    <DataTable
      caption="专家组成员"
      rows={members}
      rowKey={(row) => row.id}
      empty={null}
      columns={[
        { key: "name", title: "专家", primary: true, nowrap: true, render: (row) => row.name },
        {
          key: "who",
          title: "专业、单位",
          render: (row) => [row.specialty, row.employer].filter(Boolean).join(" · "),
        },
        {
          key: "state",
          title: "状态",
          render: (row) => (
            <div>
              <StatusTag tone={SEAT_TONES[row.state]}>{SEAT_STATES[row.state]}</StatusTag>
              {row.replaced && <span className="ml-1 text-[0.8125rem] text-secondary">已补邀</span>}
              {(row.avoidReason || row.releaseReason) && (
                <p className="text-[0.8125rem] text-secondary">理由：{row.avoidReason || row.releaseReason}</p>
              )}
            </div>
          ),
        },
        {
          key: "given",
          title: "出具时间",
          nowrap: true,
          render: (row) => row.givenAt && formatInstant(new Date(row.givenAt)),
        },
        {
          key: "verdict",
          title: "结论",
          nowrap: true,
          render: (row) =>
            row.verdict && <StatusTag tone={VERDICT_TONES[row.verdict]}>{EXPERT_VERDICTS[row.verdict]}</StatusTag>,
        },
      ]}
    />
  );
}

/** The seat of who avoids, or of who does not answer, goes to somebody else. */
export function ReplaceForm({
  panelId,
  version,
  members,
  experts,
  lastResult,
}: {
  panelId: string;
  version: number;
  members: readonly Member[];
  experts: readonly ExpertOption[];
  lastResult: SubmissionResult<string[]> | null;
}) {
  const [form, fields] = useForm<ReplaceInput>({ id: "replace", lastResult });
  const open = members.filter(({ state, replaced }) => !replaced && state !== "given" && state !== "released");
  const seated = new Set(members.map(({ expertId }) => expertId));
  const free = experts.filter(({ id, conflict }) => !seated.has(id) && !conflict);
  if (open.length === 0) return null;
  return (
    <Section title="补邀专家" id="replace" note="专家回避或未回应时，另邀一位补足单数">
      {free.length === 0 ? (
        <p className="text-secondary">专家库中没有可以补邀的专家，请系统管理员登记新专家，或取消本次评审。</p>
      ) : (
        <form method="post" {...getFormProps(form)}>
          <ErrorSummary errors={summaryOf(form)} />
          <input type="hidden" name="panelId" value={panelId} />
          <input type="hidden" name="version" value={version} />
          <Fields>
            <Select
              name="opinionId"
              label="补哪一席"
              required
              options={[...open]
                .sort((a, b) => Number(b.state === "avoided") - Number(a.state === "avoided"))
                .map((member) => ({ value: member.id, label: `${member.name}（${SEAT_STATES[member.state]}）` }))}
              defaultValue={fields.opinionId.initialValue}
              error={fields.opinionId.errors}
            />
            <Select
              name="expertId"
              label="补邀专家"
              required
              placeholder="请选择"
              options={free.map((expert) => ({ value: expert.id, label: `${expertLabel(expert)} ${expert.employer}` }))}
              defaultValue={fields.expertId.initialValue}
              error={fields.expertId.errors}
            />
            <TextInput
              name="reason"
              label="更换理由"
              hint="专家已声明回避的不必填写"
              defaultValue={fields.reason.initialValue}
              error={fields.reason.errors}
            />
          </Fields>
          <FormActions>
            <SubmitButton name="intent" value="replace" variant="secondary">
              补邀
            </SubmitButton>
          </FormActions>
        </form>
      )}
    </Section>
  );
}
