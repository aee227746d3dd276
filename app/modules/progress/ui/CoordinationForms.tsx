import type { SubmissionResult } from "@conform-to/react";

import { DateInput, Section, Select, SubmitButton, TextArea, TextInput, type Option } from "~/ui";

import type { CoordinationEvent } from "../coordination/coordination.lifecycle";

type Offered = Extract<CoordinationEvent, "advise" | "answer" | "itemise" | "settle">;

interface CoordinationFormsProps {
  readonly offered: readonly CoordinationEvent[];
  readonly matter: {
    readonly version: number;
    readonly text: string;
    readonly advice: string | null;
    readonly answer: string | null;
  };
  /** null where the units are too many to choose from: one writes the name */
  readonly units: readonly Option[] | null;
  readonly today: string;
  readonly lastResult: SubmissionResult<string[]> | undefined;
}

/** What can be done with a matter, in place: the bureau's advice, the answer, the answer with an item, the end. */
export function CoordinationForms({ offered, matter, units, today, lastResult }: CoordinationFormsProps) {
  const forms: Readonly<Record<Offered, { title: string; note?: string; button: string }>> = {
    answer: { title: matter.answer ? "重新答复" : "答复", button: matter.answer ? "重新答复" : "答复" },
    itemise: {
      title: "答复并转督办",
      note: "答复的同时登记督办事项并交办承办单位",
      button: "答复并转督办",
    },
    advise: { title: "提出意见", note: "供领导小组答复时参考", button: "提出意见" },
    settle: { title: "确认解决", note: "事项已解决、单位月报尚未更新时使用", button: "确认解决" },
  };
  const order: readonly Offered[] = ["answer", "itemise", "advise", "settle"];
  return order
    .filter((event) => offered.includes(event))
    .map((event) => {
      const isMine = lastResult?.initialValue?.["intent"] === event;
      const typed = (name: string, otherwise = ""): string => {
        const value = isMine ? lastResult.initialValue?.[name] : undefined;
        return typeof value === "string" ? value : otherwise;
      };
      const errorOf = (name: string) => (isMine ? (lastResult.error?.[name] ?? undefined) : undefined);
      const { title, note, button } = forms[event];
      return (
        <Section key={event} title={title} note={note} id={event}>
          <form method="post" className="max-w-2xl space-y-3" aria-label={title}>
            <input type="hidden" name="version" value={matter.version} />
            <input type="hidden" name="intent" value={event} />
            {(event === "answer" || event === "itemise") && (
              <TextArea
                name="answer"
                id={`${event}-answer`}
                label="答复"
                required
                rows={3}
                defaultValue={typed("answer", matter.answer ?? "")}
                error={errorOf("answer")}
              />
            )}
            {event === "advise" && (
              <TextArea
                name="advice"
                label="数据局意见"
                required
                rows={3}
                defaultValue={typed("advice", matter.advice ?? "")}
                error={errorOf("advice")}
              />
            )}
            {event === "settle" && (
              <TextArea
                name="reason"
                label="解决情况"
                required
                rows={2}
                defaultValue={typed("reason")}
                error={errorOf("reason")}
              />
            )}
            {event === "itemise" && (
              <>
                {units ? (
                  <Select
                    name="unitId"
                    label="承办单位"
                    required
                    placeholder="请选择"
                    options={units}
                    defaultValue={typed("unitId")}
                    error={errorOf("unitId")}
                  />
                ) : (
                  <TextInput
                    name="unitId"
                    label="承办单位"
                    required
                    hint="填写单位全称，或能唯一识别的名称"
                    defaultValue={typed("unitId")}
                    error={errorOf("unitId")}
                  />
                )}
                <TextArea
                  name="requirement"
                  label="办理要求"
                  required
                  rows={2}
                  defaultValue={typed("requirement")}
                  error={errorOf("requirement")}
                />
                <DateInput
                  name="dueOn"
                  label="办理期限"
                  hint="不填则按规则参数“督办默认时限”计算"
                  min={today}
                  defaultValue={typed("dueOn")}
                  error={errorOf("dueOn")}
                />
              </>
            )}
            <SubmitButton variant={event === "answer" ? "primary" : "secondary"} pendingLabel="正在办理…">
              {button}
            </SubmitButton>
          </form>
        </Section>
      );
    });
}
