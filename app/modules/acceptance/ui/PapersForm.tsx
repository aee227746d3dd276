import { getFormProps, useForm } from "@conform-to/react";

import { ACCEPTANCE_DOCUMENTS, type AcceptanceDocument } from "~/kernel/vocabulary";
import { Columns, DataTable, EmptyState, ErrorSummary, FileInput, Notice, Section, Select, SubmitButton } from "~/ui";
import { optionsOf } from "~/web/options";
import { summaryOf } from "~/web/summary";
import { wired } from "~/web/wired";

import type { NeededPaper } from "../acceptance.rules";
import type { StepProps } from "./ApplicationForms";

export interface PaperRow {
  readonly id: string;
  readonly kind: AcceptanceDocument;
  readonly name: string;
}

/** The papers of an application as a list to open. */
export function PapersTable({
  projectId,
  papers,
  acceptanceId,
}: {
  readonly projectId: string;
  readonly papers: readonly PaperRow[];
  /** given where they can still be taken off */
  readonly acceptanceId?: string | undefined;
}) {
  return (
    <DataTable
      caption="验收材料"
      rows={papers}
      rowKey={(row) => row.id}
      empty={<EmptyState title="还没有材料" explanation="请在下面选择类别和文件上传。" />}
      columns={[
        {
          key: "name",
          title: "文件",
          primary: true,
          render: (row) => <a href={`/projects/${projectId}/acceptance/papers/${row.id}`}>{row.name}</a>,
        },
        { key: "kind", title: "类别", render: (row) => ACCEPTANCE_DOCUMENTS[row.kind] },
        ...(acceptanceId
          ? [
              {
                key: "remove",
                title: "操作",
                nowrap: true,
                render: (row: PaperRow) => (
                  <form method="post">
                    <input type="hidden" name="acceptanceId" value={acceptanceId} />
                    <input type="hidden" name="paperId" value={row.id} />
                    <SubmitButton
                      variant="quiet"
                      name="intent"
                      value="removePaper"
                      aria-label={`移除${row.name}`}
                      pendingLabel="正在移除…"
                    >
                      移除
                    </SubmitButton>
                  </form>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** What is there, and a place to add more; the next paper that is needed is chosen already. */
export function PapersForm({
  projectId,
  acceptanceId,
  papers,
  needed,
  alsoIn,
  limits,
  reply,
}: Omit<StepProps, "version"> & {
  readonly projectId: string;
  readonly papers: readonly PaperRow[];
  readonly needed: readonly NeededPaper[];
  /** another project that carries the content uploaded last */
  readonly alsoIn: string | null;
  readonly limits: { readonly maxMegabytes: number; readonly quotaMegabytes: number };
}) {
  const next = needed.find(({ paper }) => !papers.some(({ kind }) => kind === paper))?.paper ?? "other";
  const [form, fields] = useForm<{ kind: string; file: string }>({ lastResult: reply, defaultValue: { kind: next } });
  return (
    <>
      {alsoIn && (
        <Notice tone="warn" title="请核对文件">
          刚上传的文件与本单位项目“{alsoIn}”的验收材料内容完全相同，请确认没有传错。
        </Notice>
      )}
      <Section title="验收材料" id="papers" flush>
        <PapersTable projectId={projectId} papers={papers} acceptanceId={acceptanceId} />
      </Section>
      <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
        <Section title="上传材料">
          <ErrorSummary errors={summaryOf(form)} />
          <input type="hidden" name="acceptanceId" value={acceptanceId} />
          <Columns>
            <Select
              {...wired(fields.kind)}
              key={next}
              label="材料类别"
              required
              options={optionsOf(ACCEPTANCE_DOCUMENTS)}
            />
            <FileInput
              name="file"
              label="文件"
              required
              multiple
              hint={`可一次选择多个；PDF、OFD、Word、Excel、WPS 或图片，单个不超过 ${limits.maxMegabytes} MB，全部不超过 ${limits.quotaMegabytes} MB`}
              accept=".pdf,.ofd,.doc,.docx,.xls,.xlsx,.wps,.et,.png,.jpg,.jpeg"
              error={fields.file.errors}
            />
          </Columns>
          <div className="mt-4">
            <SubmitButton variant="secondary" name="intent" value="upload" pendingLabel="正在上传…">
              上传
            </SubmitButton>
          </div>
        </Section>
      </form>
    </>
  );
}
