import { formatOfficialDate } from "~/kernel/local-date";
import type { TableForm } from "~/platform/pdf/table-form.types";

import type { TalkContent } from "./talk.words";

/**
 * The notice of a talk (约谈通知): who is talked to, until when, and the red slips that led to it. Strings only, ready for
 * the renderer; made from what was kept when the talk was called, so that every print is the same.
 * @source domain.md §8
 */
export function talkForm(talk: TalkContent, calledAt: Date, demonstration: boolean): TableForm {
  return {
    title: "约谈通知",
    left: `约谈对象：${talk.unitName}负责人`,
    right: talk.number,
    table: {
      columns: [
        { title: "序号", align: "center", widthShare: 7 },
        { title: "督办单编号", align: "left", widthShare: 19 },
        { title: "事项编号", align: "left", widthShare: 16 },
        { title: "督办事项", align: "left", widthShare: 30 },
        { title: "办理期限", align: "left", widthShare: 14 },
        { title: "发单日期", align: "left", widthShare: 14 },
      ],
      rows: talk.slips.map((slip, index) => [
        String(index + 1),
        slip.slipNumber,
        slip.itemNumber,
        slip.title,
        slip.dueOn,
        slip.issuedOn,
      ]),
    },
    closing: [
      `你单位连续 ${talk.slips.length} 个督办事项被红色督办。请单位负责人于${formatOfficialDate(talk.dueOn)}前到数据局接受约谈，说明原因和整改措施。`,
      `发起日期：${formatOfficialDate(talk.calledOn)}`,
    ],
    signatures: ["单位负责人签收：", "签收日期："],
    emptyText: "",
    note: ["系统按督办规则自动发起", ...(demonstration ? ["演示数据"] : [])].join("；"),
    properties: {
      title: `约谈通知 ${talk.number}`,
      author: "数据局",
      subject: talk.unitName,
      createdAt: calledAt.toISOString(),
    },
  };
}
