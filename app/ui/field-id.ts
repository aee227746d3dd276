/**
 * The id of a form control, from its name: fields and the error summary agree on it without being told.
 * `lines[0].amount` and `lines[1].amount` stay different.
 */
export const fieldId = (name: string): string => `field-${name.replace(/[^\p{L}\p{N}_-]+/gu, "-")}`;
