import { composeTableForm, FORM_PAGE } from "./compose-table-form";
import { drawPages } from "./draw-pages";
import type { LoadedFonts } from "./fonts.server";
import type { TableForm } from "./table-form.types";

/** Draws the composed form. The same form and fonts give the same bytes. */
export const drawTableForm = (form: TableForm, fonts: LoadedFonts): Promise<Uint8Array> =>
  drawPages(composeTableForm(form, fonts.measure), form.properties, FORM_PAGE, fonts);
