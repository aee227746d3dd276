import type { OfficialDocument } from "./official-document.types";
import type { TableForm } from "./table-form.types";

/** What the PDF worker is asked to draw. */
export type PdfTask =
  | { readonly kind: "official"; readonly document: OfficialDocument }
  | { readonly kind: "tableForm"; readonly form: TableForm };
