import { TextInput, type TextInputProps } from "./TextInput";

/** A calendar day, "YYYY-MM-DD". */
export function DateInput({ className = "max-w-xs", ...props }: TextInputProps) {
  return <TextInput {...props} type="date" className={className} />;
}
