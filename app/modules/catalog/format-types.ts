import { keysOf, type FormatClass } from "~/kernel/vocabulary";

/** The concrete formats of each class that a form offers and a check knows; others may be written in. @source 发改高技〔2017〕1272号 */
export const FORMAT_TYPES: Readonly<Record<FormatClass, readonly string[]>> = {
  document: ["OFD", "WPS", "XML", "TXT", "DOC", "DOCX", "HTML", "PDF", "PPT"],
  spreadsheet: ["ET", "XLS", "XLSX", "CSV"],
  database: ["达梦", "人大金仓", "Oracle", "MySQL", "PostgreSQL", "SQL Server", "DB2", "Access", "DBF"],
  image: ["JPG", "PNG", "GIF", "BMP", "TIFF"],
  stream: ["MP4", "MPG", "RM", "SWF"],
  selfDescribing: ["JSON", "GeoJSON", "SHP"],
  service: ["REST", "WebService", "WMS", "WFS"],
};

/** The class that a format is known to belong to; undefined when it is not known. */
export function classOfFormat(formatType: string): FormatClass | undefined {
  const wanted = formatType.trim().toLowerCase();
  return keysOf(FORMAT_TYPES as Record<FormatClass, never>).find((formatClass) =>
    FORMAT_TYPES[formatClass].some((type) => type.toLowerCase() === wanted),
  );
}
