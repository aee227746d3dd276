import { tableBands } from "./compose-table";
import { tidyText } from "./line-break";
import type { DocumentAnnex, DocumentBlock, OfficialDocument } from "./official-document.types";
import { paginate, type Band, type FilledPage } from "./paginate";
import { BLOCK, CELL, INK_INSET, mm, PITCH, SIZE } from "./page-geometry";
import { BLACK, moved, type ComposedPage, type Placed, type PlacedRule, type PlacedText } from "./placed";
import {
  BODY,
  centredBand,
  emptyLines,
  HEADING_ONE,
  HEADING_TWO,
  keptWithNext,
  paragraphBands,
  placeText,
  raggedLines,
  TITLE,
  widthIn,
  type TextStyle,
} from "./set-lines";
import type { TextMeasure } from "./text-measure";
import { balancedTitleLines } from "./title-lines";

const OFFICIAL_RED = "#c3161c";
const NOTE_GREY = "#8a8f98";

/** Lines left free above the signature, so that a seal of 42 mm stands within one line of the text. */
const SEAL_LINES = 2;
/** Lines of text that must stand on the page of the signature. @source GB/T 9704-2012 7.3.5.5 */
const LINES_WITH_SIGNATURE = 2;

/**
 * Lays a document out on its pages: every line broken, justified and placed. Pure, so that the layout can be tested
 * without drawing it.
 * @source GB/T 9704-2012 7; domain.md §10
 */
export function composeDocument(document: OfficialDocument, measure: TextMeasure): ComposedPage[] {
  const parts = [mainBands(document, measure), ...document.annexes.map((annex) => annexBands(annex, measure))];
  const pages = withImprint(
    parts.flatMap((bands) => paginate(bands)),
    imprint(document.imprint, measure),
  );
  return pages.map((items, index) => [...items, ...margins(index + 1, document.headerNote, measure)]);
}

function mainBands(document: OfficialDocument, measure: TextMeasure): Band[] {
  const addressees = document.addressees ? paragraphBands(document.addressees, BODY, 0, measure) : [];
  const body = document.blocks.flatMap((block) => blockBands(block, measure));
  const closing = [...annexList(document.annexes, measure), ...signature(document.signature, measure)];
  return [
    head(document, measure),
    ...titleBands(document.title, measure),
    emptyLines(1),
    ...addressees,
    ...body.slice(0, -LINES_WITH_SIGNATURE),
    ...keptWithNext(body.slice(-LINES_WITH_SIGNATURE)),
    ...closing,
  ];
}

/** 发文机关标志 35 mm below the block's top, 发文字号 two lines below it, the red rule 4 mm below that. */
function head(document: OfficialDocument, measure: TextMeasure): Band {
  const mark = tidyText(document.issuerMark);
  const size = Math.min(SIZE.largestMark, BLOCK.width / measure("title", mark));
  const markTop = mm(35) - INK_INSET * size;
  const numberTop = markTop + size + 2 * PITCH;
  const ruleTop = numberTop + (PITCH + SIZE.body) / 2 + mm(4);
  const ruleHeight = mm(0.7);
  const titleLine = Math.round((ruleTop + ruleHeight) / PITCH + 2);

  const centred = (text: string, style: TextStyle, top: number, height: number, color: string): PlacedText => {
    const line = placeText(text, style, { x: 0, top, height, color }, measure);
    return { ...line, x: (BLOCK.width - line.width) / 2 };
  };
  return {
    height: titleLine * PITCH,
    items: [
      centred(mark, { face: "title", size, tracking: 0 }, markTop, size, OFFICIAL_RED),
      centred(tidyText(document.number), { ...BODY, tracking: 0 }, numberTop, PITCH, BLACK),
      { kind: "rule", x: 0, y: ruleTop, width: BLOCK.width, height: ruleHeight, color: OFFICIAL_RED },
    ],
  };
}

function titleBands(title: string, measure: TextMeasure): Band[] {
  const lines = balancedTitleLines(title, widthIn(TITLE, measure), BLOCK.width - 2 * SIZE.title);
  return keptWithNext(lines.map((line) => centredBand(line, TITLE, measure)));
}

function blockBands(block: DocumentBlock, measure: TextMeasure): Band[] {
  switch (block.kind) {
    case "heading": {
      const style = block.level === 1 ? HEADING_ONE : HEADING_TWO;
      return keptWithNext(paragraphBands(block.text, style, 2 * CELL, measure));
    }
    case "paragraph":
      return paragraphBands(block.text, BODY, 2 * CELL, measure);
    case "table":
      return tableBands(block, measure);
  }
}

/** 附件说明, one line below the body; a name that goes on continues under its first character. */
function annexList(annexes: readonly DocumentAnnex[], measure: TextMeasure): Band[] {
  if (annexes.length === 0) return [];
  const label = placeText("附件：", BODY, { x: 2 * CELL, top: 0, height: PITCH }, measure);
  const lines = annexes.flatMap((annex, index): Band[] => {
    const number = placeText(`${index + 1}.`, BODY, { x: 5 * CELL, top: 0, height: PITCH }, measure);
    const isOnly = annexes.length === 1;
    const left = 5 * CELL + (isOnly ? 0 : number.width + CELL / 4);
    return raggedLines(annex.title, BODY, { left, width: BLOCK.width - left }, measure).map((line, row) => ({
      height: PITCH,
      onLine: true,
      items: row > 0 ? [line] : [...(index === 0 ? [label] : []), ...(isOnly ? [] : [number]), line],
    }));
  });
  return keptWithNext([emptyLines(1), ...lines]);
}

/** 成文日期 ends four characters before the right edge; 署名 is centred over it. @source GB/T 9704-2012 7.3.5.1 */
function signature(sign: OfficialDocument["signature"], measure: TextMeasure): Band[] {
  const date = placeText(tidyText(sign.date), BODY, { x: 0, top: 0, height: PITCH }, measure);
  const dateLeft = BLOCK.width - 4 * CELL - date.width;
  const centre = dateLeft + date.width / 2;
  const issuer = balancedTitleLines(sign.issuer, widthIn(BODY, measure), BLOCK.width - 2 * CELL).map((text): Band => {
    const line = placeText(text, BODY, { x: 0, top: 0, height: PITCH }, measure);
    const left = Math.min(centre - line.width / 2, BLOCK.width - line.width);
    return { height: PITCH, onLine: true, items: [{ ...line, x: Math.max(0, left) }] };
  });
  return [
    ...keptWithNext([emptyLines(SEAL_LINES), ...issuer]),
    { height: PITCH, onLine: true, items: [{ ...date, x: dateLeft }] },
  ];
}

/** "附件1" on the first line, the title on the third. @source GB/T 9704-2012 7.3.7 */
function annexBands(annex: DocumentAnnex, measure: TextMeasure): Band[] {
  return [
    ...keptWithNext(paragraphBands(annex.label, HEADING_ONE, 0, measure)),
    { ...emptyLines(1), keepWithNext: true },
    ...titleBands(annex.title, measure),
    emptyLines(1),
    ...annex.blocks.flatMap((block) => blockBands(block, measure)),
  ];
}

/** 版记: its last rule lies on the lower edge of the last page's block. */
function withImprint(pages: readonly FilledPage[], strip: Band): Placed[][] {
  const drawn = pages.map((page) => [...page.items]);
  const last = pages.at(-1);
  if (!last || last.used + strip.height > BLOCK.height) drawn.push([]);
  const top = BLOCK.top + BLOCK.height - strip.height;
  drawn.at(-1)?.push(...strip.items.map((item) => moved(item, BLOCK.left, top)));
  return drawn;
}

function imprint(view: OfficialDocument["imprint"], measure: TextMeasure): Band {
  const style: TextStyle = { face: "body", size: SIZE.small, tracking: 0 };
  const rowHeight = 24;
  const [outer, inner] = [mm(0.35), mm(0.25)];
  const margin = SIZE.small;
  const rule = (y: number, height: number): PlacedRule => ({
    kind: "rule",
    x: 0,
    y,
    width: BLOCK.width,
    height,
    color: BLACK,
  });
  const items: Placed[] = [rule(0, outer)];
  let y = outer;
  const addRows = (left: number, width: number, text: string) => {
    for (const line of raggedLines(text, style, { left, width }, measure)) {
      items.push(moved(line, 0, y - (PITCH - rowHeight) / 2));
      y += rowHeight;
    }
  };
  const at = (text: string, x: number) => placeText(text, style, { x, top: y, height: rowHeight }, measure);

  if (view.copyTo) {
    const label = at("抄送：", margin);
    items.push(label);
    addRows(margin + label.width, BLOCK.width - 2 * margin - label.width, view.copyTo);
    items.push(rule(y, inner));
    y += inner;
  }
  const printedOn = at(tidyText(view.printedOn), 0);
  items.push({ ...printedOn, x: BLOCK.width - margin - printedOn.width });
  addRows(margin, BLOCK.width - 3 * margin - printedOn.width, view.printedBy);
  items.push(rule(y, outer));
  return { height: y + outer, items };
}

/** Where the dash of the page number begins above its baseline, in parts of its size. */
const DASH_TOP = 0.29;

/** The page number 7 mm below the block, odd right and even left, one character in; the grey note above the block. */
function margins(page: number, note: string | undefined, measure: TextMeasure): Placed[] {
  const style: TextStyle = { face: "folio", size: SIZE.small, tracking: 0 };
  const number = placeText(`— ${page} —`, style, { x: 0, top: 0, height: 0 }, measure);
  const x = page % 2 === 1 ? BLOCK.left + BLOCK.width - SIZE.small - number.width : BLOCK.left + SIZE.small;
  const baseline = BLOCK.top + BLOCK.height + mm(7) + DASH_TOP * SIZE.small;
  if (!note) return [{ ...number, x, baseline }];
  const noteStyle: TextStyle = { face: "headingOne", size: SIZE.note, tracking: 0 };
  const line = placeText(
    tidyText(note),
    noteStyle,
    { x: 0, top: mm(20), height: SIZE.note, color: NOTE_GREY },
    measure,
  );
  return [
    { ...number, x, baseline },
    { ...line, x: BLOCK.left + BLOCK.width - line.width },
  ];
}
