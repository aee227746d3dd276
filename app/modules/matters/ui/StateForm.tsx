import { ConfirmSubmit, FormActions, Section, SubmitButton, TextArea } from "~/ui";

import { MATTER_EVENTS, type MatterEvent } from "../matter.lifecycle";

interface StateFormProps {
  readonly version: number;
  readonly events: readonly MatterEvent[];
  readonly reason: string;
}

/** Suspending, abolishing and taking up a matter again, each with its reason. */
export function StateForm({ version, events, reason }: StateFormProps) {
  return (
    <Section title="暂停、取消与恢复" id="state">
      <form method="post">
        <input type="hidden" name="version" value={version} />
        <div className="max-w-3xl">
          <TextArea
            name="reason"
            label="原因"
            required
            rows={2}
            hint="写明依据的文件或上级要求"
            defaultValue={reason}
          />
        </div>
        <FormActions>
          {events.map((event) =>
            event === "abolish" ? (
              <ConfirmSubmit
                key={event}
                name="intent"
                value={event}
                title="取消事项？"
                consequence="取消后不再计入事项和免提交统计，需要时可以恢复。"
                confirmLabel="确认取消事项"
                variant="danger"
              >
                {MATTER_EVENTS[event]}
              </ConfirmSubmit>
            ) : (
              <SubmitButton key={event} name="intent" value={event} variant="secondary" pendingLabel="正在办理…">
                {MATTER_EVENTS[event]}
              </SubmitButton>
            ),
          )}
        </FormActions>
      </form>
    </Section>
  );
}
