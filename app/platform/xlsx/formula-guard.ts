/**
 * Texts that a spreadsheet program would take for a formula, also after the sheet was saved as .csv. Full-width signs
 * count too: Chinese input methods produce them and Excel reads them as signs.
 */
const STARTS_LIKE_FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;
const GUARDED = /^'+[=+\-@＝＋－＠\t\r\n]/;

/** Puts an apostrophe before a text that could be run as a formula. `withoutGuard` takes exactly this one off again. */
export const guardFormula = (text: string): string => (STARTS_LIKE_FORMULA.test(text) ? `'${text}` : text);

/** What was meant by a guarded text, so that an exported sheet can be corrected and read in again. */
export const withoutGuard = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);
