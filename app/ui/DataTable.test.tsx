import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { DataTable, type Column } from "./DataTable";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly amount: number;
}

const columns: Column<Row>[] = [
  { key: "name", title: "项目名称", primary: true, render: (row) => row.name },
  {
    key: "amount",
    title: "批复金额",
    unit: "万元",
    align: "right",
    sortHref: "?sort=-amount",
    sorted: "ascending",
    render: (row) => row.amount,
    total: 30,
  },
];
const rows: Row[] = [
  { id: "1", name: "数字档案馆", amount: 10 },
  { id: "2", name: "智慧交通", amount: 20 },
];
const render = (list: readonly Row[], shown = columns) =>
  renderToStaticMarkup(
    <DataTable caption="项目" columns={shown} rows={list} rowKey={(row) => row.id} empty={<p>没有项目</p>} />,
  );

describe("DataTable", () => {
  it("has a caption, column heads and a heading for each row", () => {
    const html = render(rows);
    expect(html).toMatch(/<caption[^>]*>项目<\/caption>/);
    expect(html.match(/<th scope="col"/g)).toHaveLength(2);
    expect(html).toMatch(/<th scope="row"[^>]*>数字档案馆<\/th>/);
  });

  it("names each cell for the cards of a phone, with its unit", () => {
    expect(render(rows)).toMatch(/<td data-label="批复金额（万元）"[^>]*>10<\/td>/);
  });

  it("tells the sorted column and links to the other order", () => {
    const html = render(rows);
    expect(html).toMatch(/<th[^>]*aria-sort="ascending"[^>]*><a href="\?sort=-amount"/);
  });

  it("adds a row of totals when a column has one", () => {
    expect(render(rows)).toMatch(/<tfoot><tr><th scope="row"[^>]*>合计<\/th><td[^>]*>30<\/td>/);
  });

  it("has no row of totals otherwise", () => {
    expect(render(rows, columns.slice(0, 1))).not.toContain("<tfoot>");
  });

  it("shows the empty state instead of an empty table", () => {
    expect(render([])).toBe("<p>没有项目</p>");
  });
});
