import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import type { DocumentBlock, OfficialDocument } from "~/platform/pdf/official-document.types";

import type { BulletinContent } from "./bulletin.types";
import { writerOf } from "./plain-text";

/** What signing adds to a bulletin, and how the sheet is headed. */
export interface Issue {
  /** red head: "鹤山市政务服务数据管理局文件" */
  readonly issuerMark: string;
  /** "鹤数政通〔2026〕8号" */
  readonly number: string;
  readonly signedOn: LocalDate;
  readonly printedOn: LocalDate;
  /** without the closing full stop */
  readonly copyTo?: string | undefined;
  readonly printedBy: string;
  readonly headerNote?: string | undefined;
  /** UTC instant of signing: a reprint states the same moment */
  readonly signedAt: string;
}

/**
 * The bulletin as the strings of an official document, ready for the renderer.
 * @source GB/T 9704-2012, domain.md §10
 */
export function toOfficialDocumentView(content: BulletinContent, issue: Issue): OfficialDocument {
  const write = writerOf(content);
  const [only, ...others] = content.annexes;
  return {
    issuerMark: issue.issuerMark,
    number: issue.number,
    title: content.title,
    addressees: `${content.addressees}：`,
    blocks: [
      { kind: "paragraph", text: write(content.opening) },
      ...content.sections.flatMap((section): DocumentBlock[] => [
        { kind: "heading", level: section.level, text: section.heading },
        ...section.paragraphs.map((paragraph): DocumentBlock => ({ kind: "paragraph", text: write(paragraph) })),
      ]),
    ],
    signature: { issuer: content.issuerName, date: formatOfficialDate(issue.signedOn) },
    annexes: content.annexes.map((annex) => ({
      label: only && others.length === 0 ? "附件" : annex.label,
      title: annex.title,
      blocks: [{ kind: "table", columns: annex.columns, rows: annex.rows }],
    })),
    imprint: {
      ...(issue.copyTo ? { copyTo: `${issue.copyTo}。` } : {}),
      printedBy: issue.printedBy,
      printedOn: `${formatOfficialDate(issue.printedOn)}印发`,
    },
    ...(issue.headerNote ? { headerNote: issue.headerNote } : {}),
    properties: {
      title: content.title,
      author: content.issuerName,
      subject: issue.number,
      createdAt: issue.signedAt,
    },
  };
}
