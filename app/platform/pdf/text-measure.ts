/**
 * The faces of an official document by their duty: title 小标宋, body 仿宋, headingOne 黑体, headingTwo 楷体,
 * folio 宋体 (page numbers).
 */
export const FACES = ["title", "body", "headingOne", "headingTwo", "folio"] as const;
export type Face = (typeof FACES)[number];

/** Width of a text in a face, in parts of its size. */
export type TextMeasure = (face: Face, text: string) => number;
