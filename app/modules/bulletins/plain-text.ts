import type { BulletinContent, Paragraph } from "./bulletin.types";

/** A function that writes a paragraph with its figures filled in. */
export function writerOf(content: Pick<BulletinContent, "figures">): (paragraph: Paragraph) => string {
  const texts = new Map(content.figures.map((figure) => [figure.id, figure.text]));
  return (paragraph) =>
    paragraph
      .map((inline) => {
        if (typeof inline === "string") return inline;
        const text = texts.get(inline.figure);
        if (text === undefined) throw new Error(`the bulletin has no figure ${inline.figure}`);
        return text;
      })
      .join("");
}

/** The bulletin as text, annexes as tab-separated lines: for search, comparison of editions and messages. */
export function plainText(content: BulletinContent): string {
  const write = writerOf(content);
  return [
    content.title,
    `${content.addressees}：`,
    write(content.opening),
    ...content.sections.flatMap((section) => [section.heading, ...section.paragraphs.map(write)]),
    content.issuerName,
    ...content.annexes.flatMap((annex) => [
      `${annex.label} ${annex.title}`,
      annex.columns.map((column) => column.title).join("\t"),
      ...annex.rows.map((row) => row.join("\t")),
    ]),
  ].join("\n");
}
