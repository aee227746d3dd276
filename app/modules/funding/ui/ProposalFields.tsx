import type { FieldMetadata } from "@conform-to/react";

import { AmountInput, TextArea, TextInput } from "~/ui";
import { wired } from "~/web/wired";

type TextField = Pick<FieldMetadata<string>, "name" | "initialValue" | "errors">;

interface ProposalFieldsProps {
  readonly fields: { readonly after: TextField; readonly reason: TextField; readonly basis: TextField };
}

/** What every adjustment of a plan says: the amount it leads to, why, and on which paper. */
export function ProposalFields({ fields }: ProposalFieldsProps) {
  return (
    <>
      <AmountInput {...wired(fields.after)} label="调整后的计划金额" hint="填全年总额，不是增减额" required />
      <TextInput
        {...wired(fields.basis)}
        label="依据文号"
        hint="例如 鹤财预〔2026〕12号"
        className="max-w-md"
        required
      />
      <TextArea {...wired(fields.reason)} label="调整理由" rows={3} className="max-w-3xl" required />
    </>
  );
}
