export const XLSX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What an accepted sheet is kept as, by the container that `fileToParse` saw. */
export const SHEET_MEDIA_TYPES = {
  zip: XLSX_MEDIA_TYPE,
  ole2: "application/vnd.ms-excel",
  text: "text/csv",
} as const;
