import { getFormProps, useForm, type SubmissionResult } from "@conform-to/react";

import { ErrorSummary, FileInput, FormActions, Section, SubmitButton, TextInput } from "~/ui";
import { summaryOf } from "~/web/summary";

/** The file of a year's list and the document it was taken from. */
export function ListUpload({ reply }: { readonly reply: SubmissionResult<string[]> | null }) {
  const [form, fields] = useForm<{ file: string; source: string }>({ lastResult: reply });
  return (
    <>
      <ErrorSummary errors={summaryOf(form)} />
      <Section title="选择文件">
        <form method="post" encType="multipart/form-data" {...getFormProps(form)} className="max-w-2xl space-y-4">
          <FileInput
            name="file"
            label="一年的节假日安排"
            required
            accept=".xlsx,.xls,.csv,.json"
            hint="表格（.xlsx、.xls、.csv）须有“日期”“名称”“休/班”三列，每天一行；也可上传 JSON 文件。只写放假日和调休上班日，普通周末不用写"
            error={fields.file.errors}
          />
          <TextInput
            name="source"
            label="来源（文件名和文号）"
            required
            hint="例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕7号）"
            defaultValue={fields.source.initialValue}
            error={fields.source.errors}
          />
          <FormActions>
            <SubmitButton variant="primary" name="intent" value="preview" pendingLabel="正在读取…">
              上传并预览
            </SubmitButton>
          </FormActions>
        </form>
      </Section>
    </>
  );
}
