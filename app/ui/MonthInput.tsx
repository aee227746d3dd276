import { TextInput, type TextInputProps } from "./TextInput";

/** A calendar month, "YYYY-MM". A browser without a month picker shows a text line: pattern and example guide there. */
export function MonthInput({ className = "max-w-xs", ...props }: TextInputProps) {
  return (
    <TextInput placeholder="2026-06" pattern="\d{4}-(0[1-9]|1[0-2])" {...props} type="month" className={className} />
  );
}
