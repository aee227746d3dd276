import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ACCEPTANCE_KINDS, type AcceptanceKind } from "~/kernel/vocabulary";
import { ConfirmSubmit, ErrorSummary, FormActions, LinkButton, Section, SubmitButton, TextArea } from "~/ui";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { AcceptanceStepInput } from "../acceptance.schema";

export interface StepProps {
  readonly acceptanceId: string;
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
}

const useStep = (reply: StepProps["reply"]) => useForm<AcceptanceStepInput>({ lastResult: reply });

function Ref({ acceptanceId, version }: Omit<StepProps, "reply">) {
  return (
    <>
      <input type="hidden" name="acceptanceId" value={acceptanceId} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}

/** Beginning an application for the acceptance that is due. */
export function BeginForm({
  kind,
  further,
  reply,
}: {
  kind: AcceptanceKind;
  further: boolean;
  reply: StepProps["reply"];
}) {
  const [form] = useForm<{ intent: string }>({ lastResult: reply });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title={`申请${ACCEPTANCE_KINDS[kind]}`} id="begin">
        <ErrorSummary errors={summaryOf(form)} />
        <p className="mb-3 text-secondary">
          {further
            ? "上一次申请没有通过或已撤回，整改后可以再次申请。"
            : "填写说明、上传材料后提交分管领导签批，再报数据局办理。"}
        </p>
        <SubmitButton name="intent" value="draft" pendingLabel="正在建立…">
          {further ? "再次申请" : `申请${ACCEPTANCE_KINDS[kind]}`}
        </SubmitButton>
      </Section>
    </form>
  );
}

/** What was built, how it is used, what is left. */
export function StatementForm({ acceptanceId, version, reply, statement }: StepProps & { readonly statement: string }) {
  const [form, fields] = useForm<{ statement: string }>({ lastResult: reply, defaultValue: { statement } });
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="申请说明" id="statement">
        <ErrorSummary errors={summaryOf(form)} />
        <Ref acceptanceId={acceptanceId} version={version} />
        <div className="max-w-3xl space-y-4">
          <TextArea
            {...wired(fields.statement)}
            label="申请说明"
            required
            rows={5}
            hint="建成了什么、使用情况、与批复内容的差异、遗留问题和处理办法"
          />
          <SubmitButton variant="secondary" name="intent" value="save" pendingLabel="正在保存…">
            保存说明
          </SubmitButton>
        </div>
      </Section>
    </form>
  );
}

/** Handing a finished application to the unit's leader. */
export function SubmitForm({ reply, toSubmit, ...ref }: StepProps & { readonly toSubmit: number }) {
  const [form] = useStep(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="提交签批" id="submit" note="提交后不能再改，由分管领导签批后报数据局">
        <ErrorSummary errors={summaryOf(form)} />
        <Ref {...ref} />
        {toSubmit > 0 && <p className="mb-3 text-secondary">还有 {toSubmit} 项须先补齐，见“还差什么”。</p>}
        <SubmitButton name="intent" value="submit" pendingLabel="正在提交…">
          提交签批
        </SubmitButton>
      </Section>
    </form>
  );
}

/** The unit leader's two choices. */
export function SignForm({ reply, ...ref }: StepProps) {
  const [form, fields] = useStep(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="签批" id="sign" note="签批后报数据局办理；退回后填报人可以修改再提交">
        <ErrorSummary errors={summaryOf(form)} />
        <Ref {...ref} />
        <TextArea {...wired(fields.opinion)} label="退回意见" hint="退回填报人时必填" rows={3} />
        <FormActions>
          <SubmitButton name="intent" value="sign" pendingLabel="正在签批…">
            签批上报
          </SubmitButton>
          <SubmitButton variant="danger" name="intent" value="decline" pendingLabel="正在退回…">
            退回填报人
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** The bureau's choices: pass, return for supplement, fail; or ask experts first. */
export function DecideForm({
  reply,
  kind,
  missing,
  panelOpen,
  panelHref,
  ...ref
}: StepProps & {
  readonly kind: AcceptanceKind;
  readonly missing: number;
  readonly panelOpen: boolean;
  /** absent: the reader convenes no experts */
  readonly panelHref: string | undefined;
}) {
  const [form, fields] = useStep(reply);
  const word = ACCEPTANCE_KINDS[kind];
  return (
    <form method="post" {...getFormProps(form)}>
      <Section
        title={`办理${word}`}
        id="decide"
        actions={panelHref && <LinkButton href={panelHref}>{panelOpen ? "查看专家评审" : "组织专家评审"}</LinkButton>}
      >
        <ErrorSummary errors={summaryOf(form)} />
        <Ref {...ref} />
        {missing > 0 && <p className="mb-3 text-secondary">还有 {missing} 项没有满足，暂不能通过，见“还差什么”。</p>}
        {panelOpen && <p className="mb-3 text-secondary">专家评审尚未形成意见，形成后才能通过或不通过。</p>}
        <TextArea {...wired(fields.opinion)} label="验收意见" hint="退回补正或不通过时必填，写明理由" rows={3} />
        <FormActions>
          <ConfirmSubmit
            name="intent"
            value="pass"
            title={`${word}通过？`}
            consequence={
              kind === "final"
                ? "项目进入“终验通过”，登记的系统和数据资源随即送往目录管理系统，不能撤销。"
                : "项目进入“初验通过”，建设单位可以开始试运行，不能撤销。"
            }
            confirmLabel="确认通过"
          >
            通过
          </ConfirmSubmit>
          <SubmitButton variant="secondary" name="intent" value="returnForSupplement" pendingLabel="正在退回…">
            退回补正
          </SubmitButton>
          <SubmitButton variant="danger" name="intent" value="fail" pendingLabel="正在办理…">
            不通过
          </SubmitButton>
        </FormActions>
      </Section>
    </form>
  );
}

/** Taking an application back. */
export function WithdrawForm({ reply, ...ref }: StepProps) {
  const [form] = useStep(reply);
  return (
    <form method="post" {...getFormProps(form)}>
      <Section title="撤回申请" id="withdraw">
        <ErrorSummary errors={summaryOf(form)} />
        <Ref {...ref} />
        <p className="mb-3 text-secondary">撤回后本次申请作废，材料保留供查阅；需要时请重新申请。</p>
        <ConfirmSubmit
          variant="danger"
          name="intent"
          value="withdraw"
          title="撤回这次验收申请？"
          consequence="撤回后不能恢复；正在进行的专家评审随之取消，申请期限继续计算。"
          confirmLabel="确认撤回"
        >
          撤回申请
        </ConfirmSubmit>
      </Section>
    </form>
  );
}
