import { tableBands, type TableLook } from "./compose-table";
import { breakLines, tidyText } from "./line-break";
import { PAGE, mm, SIZE } from "./page-geometry";
import { paginate, type Band, type TextBlock } from "./paginate";
import type { ComposedPage, Placed } from "./placed";
import { keptWithNext, placeText, widthIn, type TextStyle } from "./set-lines";
import type { TableForm } from "./table-form.types";
import type { TextMeasure } from "./text-measure";
import { balancedTitleLines } from "./title-lines";

/** A4 across. @unit pt */
export const FORM_PAGE = { width: PAGE.height, height: PAGE.width } as const;

const BLOCK: TextBlock = {
  left: mm(18),
  top: mm(18),
  width: FORM_PAGE.width - 2 * mm(18),
  height: FORM_PAGE.height - mm(18) - mm(20),
};

/** 小五 in the cells: ten columns fit beside each other. @unit pt */
const LOOK: TableLook = { width: BLOCK.width, size: 9, leading: 13, mostLinesInRow: 25 };

const TITLE: TextStyle = { face: "title", size: SIZE.title, tracking: 0 };
const HEAD: TextStyle = { face: "body", size: 11, tracking: 0 };
const FOOT: TextStyle = { face: "folio", size: 9, tracking: 0 };
const TITLE_LEADING = 30;
const HEAD_LEADING = 20;

/**
 * Lays a form out on its pages: title, whose and when, the table with its header on every page, the page's number below.
 * Pure, so that the layout can be tested without drawing it.
 */
export function composeTableForm(form: TableForm, measure: TextMeasure): ComposedPage[] {
  const rows = form.table.rows.length > 0 ? [] : [emptyBand(form.emptyText, measure)];
  const pages = paginate(
    [
      ...headBands(form, measure),
      ...tableBands({ kind: "table", ...form.table }, measure, LOOK),
      ...rows,
      ...endBands(form, measure),
    ],
    BLOCK,
  );
  return pages.map(({ items }, index) => [...items, ...foot(form, index + 1, pages.length, measure)]);
}

function headBands({ title, left, right }: TableForm, measure: TextMeasure): Band[] {
  const titles = balancedTitleLines(title, widthIn(TITLE, measure), BLOCK.width).map((line) => {
    const placed = placeText(line, TITLE, { x: 0, top: 0, height: TITLE_LEADING }, measure);
    return { height: TITLE_LEADING, items: [{ ...placed, x: (BLOCK.width - placed.width) / 2 }] };
  });
  const place = (text: string) => placeText(tidyText(text), HEAD, { x: 0, top: 0, height: HEAD_LEADING }, measure);
  const end = place(right);
  const whose: Band = { height: HEAD_LEADING, items: [place(left), { ...end, x: BLOCK.width - end.width }] };
  return keptWithNext([...titles, whose]);
}

function emptyBand(text: string, measure: TextMeasure): Band {
  const placed = placeText(tidyText(text), HEAD, { x: 0, top: 0, height: 2 * HEAD_LEADING }, measure);
  return { height: 2 * HEAD_LEADING, items: [{ ...placed, x: (BLOCK.width - placed.width) / 2 }] };
}

/** The closing paragraphs and the line to sign, which no page leaves without its last paragraph. */
function endBands({ closing = [], signatures = [] }: TableForm, measure: TextMeasure): Band[] {
  const lines = closing.flatMap((paragraph) =>
    breakLines(tidyText(paragraph), { widthOf: widthIn(HEAD, measure), first: BLOCK.width, rest: BLOCK.width }),
  );
  const bands = lines.map((line) => ({
    height: HEAD_LEADING,
    items: [placeText(line, HEAD, { x: 0, top: 0, height: HEAD_LEADING }, measure)],
  }));
  if (signatures.length === 0) return bands;
  const room = BLOCK.width / signatures.length;
  const signed: Band = {
    height: 2 * HEAD_LEADING,
    items: signatures.map((text, index) =>
      // As given: the blanks are room to write a date by hand.
      placeText(text, HEAD, { x: index * room, top: HEAD_LEADING, height: HEAD_LEADING }, measure),
    ),
  };
  return [...bands.slice(0, -1), ...keptWithNext(bands.slice(-1)), signed];
}

function foot({ note }: TableForm, page: number, pages: number, measure: TextMeasure): Placed[] {
  const top = BLOCK.top + BLOCK.height + mm(4);
  const at = (text: string) => placeText(tidyText(text), FOOT, { x: BLOCK.left, top, height: FOOT.size }, measure);
  const number = at(`第 ${page} 页　共 ${pages} 页`);
  return [at(note), { ...number, x: BLOCK.left + BLOCK.width - number.width }];
}
