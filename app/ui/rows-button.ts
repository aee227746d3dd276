/** The name of the buttons that add and remove rows of a list; `web/form-rows` reads what they send. */
export const ROWS_BUTTON = "rows";
