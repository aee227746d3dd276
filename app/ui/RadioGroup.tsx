import { ChoiceGroup, type Choice } from "./ChoiceGroup";
import type { FieldLabelling } from "./Field";

export interface RadioGroupProps extends FieldLabelling {
  readonly options: readonly Choice[];
  readonly defaultValue?: string | null | undefined;
  readonly form?: string | undefined;
  readonly inline?: boolean | undefined;
}

/** One of a few, all visible. */
export function RadioGroup({ options, defaultValue, ...group }: RadioGroupProps) {
  return (
    <ChoiceGroup {...group} kind="radio" choices={options} checked={new Set(defaultValue ? [defaultValue] : [])} />
  );
}
