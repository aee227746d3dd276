import { composeDocument } from "./compose-document";
import { drawPages } from "./draw-pages";
import type { LoadedFonts } from "./fonts.server";
import type { OfficialDocument } from "./official-document.types";
import { PAGE } from "./page-geometry";

/** Draws the composed pages. The same document and fonts give the same bytes. */
export const drawOfficialDocument = (document: OfficialDocument, fonts: LoadedFonts): Promise<Uint8Array> =>
  drawPages(composeDocument(document, fonts.measure), document.properties, PAGE, fonts);
