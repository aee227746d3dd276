import { formatOfficialDate, type LocalDate } from "~/kernel/local-date";
import { ISSUED_COLOURS, type IssuedColour } from "~/kernel/vocabulary";

/**
 * What a slip says, as it was on the day it was issued: kept with the event of its issue, so that the form printed from
 * it is the same for ever, also when a unit is renamed, a limit extended or a calendar mended.
 */
export interface SlipContent {
  readonly slipId: string;
  readonly slipNumber: string;
  readonly colour: IssuedColour;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  /** @unit workdays */
  readonly left: number;
  /** @unit workdays */
  readonly over: number;
  readonly replyBy: LocalDate | null;
  readonly round: number;
  readonly number: string;
  readonly title: string;
  readonly requirement: string;
  readonly unitId: string;
  readonly unitName: string;
}

/** How the limit stands on the day of the slip, in words. */
export const sayStanding = ({ left, over, dueOn, issuedOn }: SlipContent): string => {
  if (issuedOn <= dueOn) return left === 0 ? "今天到期" : `距到期还有 ${left} 个工作日`;
  return over === 0 ? "已超期，未满 1 个工作日" : `已超期 ${over} 个工作日`;
};

/** Until when the unit has to answer. */
export const sayReplyBy = ({ replyBy }: Pick<SlipContent, "replyBy">): string =>
  replyBy === null ? "收到本单后立即反馈" : `${formatOfficialDate(replyBy)}前`;

/** What the message about a slip says. */
export const saySlip = (slip: SlipContent): string =>
  `${ISSUED_COLOURS[slip.colour]}单（${slip.slipNumber}）：${slip.title}，${sayStanding(slip)}`;
