import { DateInput, TextArea, TextInput, type FieldError } from "~/ui";

type FieldOf = (name: "basis" | "rectifyBy" | "contactName" | "contactPhone") => {
  readonly initialValue?: string | undefined;
  readonly errors?: FieldError;
};

/** What a drafter says of a bulletin: its grounds, the limit it sets, whom to call. */
export function DraftFields({ field, today }: { field: FieldOf; today: string }) {
  return (
    <>
      <TextArea
        name="basis"
        label="依据文件"
        rows={2}
        hint="每行一份文件名称，不必写书名号；考核方案由系统自动写入"
        defaultValue={field("basis").initialValue}
        error={field("basis").errors}
      />
      <DateInput
        name="rectifyBy"
        label="整改期限"
        required
        min={today}
        defaultValue={field("rectifyBy").initialValue}
        error={field("rectifyBy").errors}
      />
      <TextInput
        name="contactName"
        label="联系人"
        required
        className="max-w-xs"
        defaultValue={field("contactName").initialValue}
        error={field("contactName").errors}
      />
      <TextInput
        name="contactPhone"
        label="联系电话"
        required
        inputMode="tel"
        className="max-w-xs"
        defaultValue={field("contactPhone").initialValue}
        error={field("contactPhone").errors}
      />
    </>
  );
}
