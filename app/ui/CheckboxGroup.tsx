import { ChoiceGroup, type Choice } from "./ChoiceGroup";
import type { FieldLabelling } from "./Field";

export interface CheckboxGroupProps extends FieldLabelling {
  readonly options: readonly Choice[];
  readonly defaultValue?: readonly string[] | undefined;
  readonly form?: string | undefined;
  readonly inline?: boolean | undefined;
}

/** Any of a few: the form carries `name` once per choice made. */
export function CheckboxGroup({ options, defaultValue = [], ...group }: CheckboxGroupProps) {
  return <ChoiceGroup {...group} kind="checkbox" choices={options} checked={new Set(defaultValue)} />;
}
