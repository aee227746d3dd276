import { parseWithZod } from "@conform-to/zod/v4";
import { json, type TypedResponse } from "@remix-run/node";
import { z } from "zod";

import { editedRows, withoutBlankRows } from "~/web/form-rows";
import { parseForm, type FormReply } from "~/web/form.server";

/** A data type is always chosen: by itself it makes no row. */
const ROW_CHOICES = { items: ["dataType"] };

/** The form with the rows that its button asked for, to be typed on; undefined when it was sent to be saved. */
export function withEditedRows(form: FormData): TypedResponse<FormReply> | undefined {
  const edited = editedRows(form);
  if (!edited) return undefined;
  const { initialValue } = parseWithZod(edited, { schema: z.looseObject({}) }).reply();
  return json<FormReply>({ form: { initialValue: initialValue ?? {} } });
}

/** The form of an entry, without the rows in which nothing was typed. */
export const parseResourceForm = <S extends z.ZodType>(form: FormData, schema: S) =>
  parseForm(withoutBlankRows(form, ROW_CHOICES), schema);
