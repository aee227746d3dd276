import { SubmitButton, TextArea, type ButtonVariant } from "~/ui";

export interface StepReply {
  readonly error?: Readonly<Record<string, readonly string[] | null>> | null | undefined;
  readonly initialValue?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface StepFormProps {
  readonly intent: string;
  readonly label: string;
  readonly version: number;
  /** what must be said with it; without it the button stands alone */
  readonly asks?: string | undefined;
  readonly variant?: ButtonVariant | undefined;
  readonly reply: StepReply | undefined;
}

/** One step that can be taken: a button, behind its question when it needs words. Works before JavaScript. */
export function StepForm({ intent, label, version, asks, variant = "primary", reply }: StepFormProps) {
  const mine = reply?.initialValue?.["intent"] === intent ? reply : undefined;
  const typed = mine?.initialValue?.["reason"];
  const button = (
    <SubmitButton variant={variant} name="intent" value={intent} pendingLabel="正在办理…">
      {label}
    </SubmitButton>
  );
  if (!asks) {
    return (
      <form method="post">
        <input type="hidden" name="version" value={version} />
        {button}
      </form>
    );
  }
  return (
    <details open={mine !== undefined} className="min-w-0 basis-full">
      <summary className="inline-block cursor-pointer py-1.5 text-primary">{label}…</summary>
      <form method="post" className="mt-1 max-w-2xl space-y-2">
        <input type="hidden" name="version" value={version} />
        <TextArea
          name="reason"
          id={`${intent}-reason`}
          label={asks}
          required
          rows={2}
          defaultValue={typeof typed === "string" ? typed : ""}
          error={[...(mine?.error?.["reason"] ?? [])]}
        />
        {button}
      </form>
    </details>
  );
}
