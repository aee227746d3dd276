import { getFormProps, useForm } from "@conform-to/react";

import { ATTACHMENT_KINDS } from "~/kernel/vocabulary";
import { Columns, DataTable, EmptyState, ErrorSummary, FileInput, Section, Select, SubmitButton } from "~/ui";
import { summaryOf } from "~/web/summary";
import { optionsOf } from "~/web/options";
import { wired } from "~/web/wired";

import type { SectionFormProps } from "./section-form";

type Values = Readonly<Record<"kind" | "file", string>>;

/** What is attached, and a place to attach more. */
export function AttachmentForms({
  filing: { attachments },
  projectId,
  reply,
  actions,
  limits,
}: SectionFormProps & {
  readonly projectId: string;
  readonly limits: { readonly maxMegabytes: number; readonly quotaMegabytes: number };
}) {
  const [form, fields] = useForm<Values>({ lastResult: reply, defaultValue: { kind: "application" } });
  return (
    <>
      <Section title="已上传的附件" flush>
        <DataTable
          caption="已上传的附件"
          rows={attachments}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有附件" explanation="请在下面选择类别和文件上传。" />}
          columns={[
            {
              key: "name",
              title: "文件",
              primary: true,
              render: (row) => <a href={`/projects/${projectId}/attachments/${row.id}`}>{row.fileName}</a>,
            },
            { key: "kind", title: "类别", nowrap: true, render: (row) => ATTACHMENT_KINDS[row.kind] },
            {
              key: "remove",
              title: "操作",
              nowrap: true,
              render: (row) => (
                <form method="post">
                  <input type="hidden" name="attachmentId" value={row.id} />
                  <SubmitButton
                    variant="quiet"
                    name="intent"
                    value="remove"
                    aria-label={`移除${row.fileName}`}
                    pendingLabel="正在移除…"
                  >
                    移除
                  </SubmitButton>
                </form>
              ),
            },
          ]}
        />
      </Section>
      <form method="post" encType="multipart/form-data" {...getFormProps(form)}>
        <ErrorSummary errors={summaryOf(form)} />
        <Section title="上传附件">
          <Columns>
            <Select {...wired(fields.kind)} label="附件类别" required options={optionsOf(ATTACHMENT_KINDS)} />
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
      {actions}
    </>
  );
}
