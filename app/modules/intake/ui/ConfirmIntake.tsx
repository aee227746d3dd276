import { ConfirmSubmit, FormActions, Section, SubmitButton } from "~/ui";

interface Waiting {
  readonly version: number;
  readonly add: number;
  readonly change: number;
  readonly problem: number;
}

/** The three ways on from a preview: all rows, those without a problem, or none. */
export function ConfirmIntake({ sheet, counter }: { sheet: Waiting; counter: string }) {
  const written = sheet.add + sheet.change;
  const all = sheet.problem === 0;
  return (
    <Section title="确认导入" note="确认之前不写入任何内容">
      <form method="post">
        <input type="hidden" name="version" value={sheet.version} />
        {written === 0 && (
          <p className="mb-3">
            {all ? "各行与已登记的内容一致，不需要导入。" : "没有可以导入的行，请下载问题清单，改正后重新上传。"}
          </p>
        )}
        <FormActions>
          {written > 0 && (
            <ConfirmSubmit
              variant="primary"
              name="intent"
              value={all ? "all" : "good"}
              title={`导入 ${written} ${counter}？`}
              consequence={`新增 ${sheet.add} ${counter}，更新 ${sheet.change} ${counter}，导入后立即生效。${all ? "" : `有问题的 ${sheet.problem} 行不导入，可改正后重新上传。`}`}
              confirmLabel="确认导入"
            >
              {all ? `全部导入（${written} 行）` : `只导入没有问题的 ${written} 行`}
            </ConfirmSubmit>
          )}
          <SubmitButton variant="secondary" name="intent" value="discard" pendingLabel="正在放弃…">
            放弃这份表格
          </SubmitButton>
        </FormActions>
      </form>
    </Section>
  );
}
