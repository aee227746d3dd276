/**
 * What an official document shows: final strings only. The renderer adds nothing but what the layout standard itself
 * prescribes ("附件：", "抄送：", the page numbers). Plain data, so that it can be sent to a worker and hashed.
 * @source GB/T 9704-2012, domain.md §10
 */
export interface OfficialDocument {
  /** 发文机关标志, red: "鹤山市政务服务数据管理局文件" */
  readonly issuerMark: string;
  /** 发文字号: "鹤数政通〔2026〕8号" */
  readonly number: string;
  readonly title: string;
  /** 主送机关 with its closing full-width colon; left out when the document addresses nobody in particular */
  readonly addressees?: string;
  readonly blocks: readonly DocumentBlock[];
  readonly signature: {
    readonly issuer: string;
    /** 成文日期: "2026年7月20日" */
    readonly date: string;
  };
  /** each starts a new page; their titles are listed below the body */
  readonly annexes: readonly DocumentAnnex[];
  readonly imprint: {
    /** 抄送机关, closing full stop included */
    readonly copyTo?: string;
    readonly printedBy: string;
    /** "2026年7月21日印发" */
    readonly printedOn: string;
  };
  /** a small grey note in the top margin of every page, such as "演示数据" */
  readonly headerNote?: string;
  readonly properties: {
    readonly title: string;
    readonly author: string;
    readonly subject: string;
    /** the moment that the file states; given, not taken from the clock, so that a reprint has the same bytes */
    readonly createdAt: string;
  };
}

export interface DocumentAnnex {
  /** "附件1", or "附件" when there is one */
  readonly label: string;
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
}

/** A heading of level 1 ("一、…") or 2 ("（一）…"), numbering included; a paragraph; a table. */
export type DocumentBlock =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | DocumentTable;

export interface DocumentTable {
  readonly kind: "table";
  readonly caption?: string;
  readonly columns: readonly DocumentTableColumn[];
  /** one text per column */
  readonly rows: readonly (readonly string[])[];
}

export interface DocumentTableColumn {
  readonly title: string;
  readonly align: "left" | "center" | "right";
  /** width in proportion to the other columns' shares */
  readonly widthShare: number;
}
