import { formatOfficialDate } from "~/kernel/local-date";
import { ISSUED_COLOURS, type IssuedColour } from "~/kernel/vocabulary";
import type { TableForm } from "~/platform/pdf/table-form.types";

import { sayReplyBy, sayStanding, type SlipContent } from "./slip.words";

/** What each colour asks of the unit. */
const DEMANDS: Readonly<Record<IssuedColour, string>> = {
  blue: "本事项即将到期。请抓紧办理，按期反馈办理情况。",
  orange: "本事项已超过办理期限。请立即办理，说明未按期办结的原因和完成时间。",
  red: "本事项严重超期。请单位主要负责人督促限期办结，书面说明原因；连续红色督办的，将约谈单位负责人。",
};

/**
 * A slip as the official form (督办单): what is demanded of whom, until when, how far over. Strings only, ready for the
 * renderer; made from what was kept when it was issued, so that every print is the same.
 * @source domain.md §8
 */
export function slipForm(slip: SlipContent, issuedAt: Date, demonstration: boolean): TableForm {
  const rows: [string, string][] = [
    ["承办单位", slip.unitName],
    ["督办事项", `${slip.title}（${slip.number}）`],
    ["办理要求", slip.requirement],
    ["办理期限", formatOfficialDate(slip.dueOn)],
    ["时限情况", sayStanding(slip)],
    ["反馈期限", sayReplyBy(slip)],
    ...(slip.round > 0 ? [["重新督办", `第 ${slip.round} 次重新督办`] satisfies [string, string]] : []),
    ["督办意见", DEMANDS[slip.colour]],
  ];
  return {
    title: `督办单（${ISSUED_COLOURS[slip.colour]}）`,
    left: `发单日期：${formatOfficialDate(slip.issuedOn)}`,
    right: slip.slipNumber,
    table: {
      columns: [
        { title: "项目", align: "left", widthShare: 16 },
        { title: "内容", align: "left", widthShare: 84 },
      ],
      rows,
    },
    signatures: ["承办单位签收：", "签收日期："],
    emptyText: "",
    note: ["系统按办理期限自动发出", ...(demonstration ? ["演示数据"] : [])].join("；"),
    properties: {
      title: `督办单 ${slip.slipNumber}`,
      author: "数据局",
      subject: slip.number,
      createdAt: issuedAt.toISOString(),
    },
  };
}
