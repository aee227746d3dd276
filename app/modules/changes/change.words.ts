import { fen, formatWan, type Fen } from "~/kernel/fen";
import { formatOfficialDate } from "~/kernel/local-date";
import { rational, toFixed } from "~/kernel/rational";
import { CHANGE_REASONS, type ChangeReason, type ChangeState } from "~/kernel/vocabulary";
import type { FigureInForce } from "~/platform/figures.server";
import type { Tone } from "~/ui";

import type { ChangeAmounts, OverrunCheck, RouteCheck, RouteCode } from "./change.rules";

const TONES: Readonly<Record<ChangeState, Tone>> = {
  draft: "neutral",
  signing: "info",
  open: "warn",
  accepted: "good",
  refused: "bad",
  withdrawn: "neutral",
};
export const changeTone = (state: ChangeState): Tone => TONES[state];

const wan = (amount: number): string => `${formatWan(fen(amount))} 万元`;
const percent = (part: number, whole: number): string =>
  whole === 0 ? "—" : `${toFixed(rational(BigInt(part) * 100n, BigInt(whole)), 2)}%`;

function sayRouteCode(
  code: RouteCode,
  amounts: ChangeAmounts,
  reasonKind: ChangeReason,
  figure: FigureInForce,
): string {
  const { movedFen, estimateFen, newEstimateFen } = amounts;
  const moved = `概算内调整 ${wan(movedFen)}，占批复概算 ${wan(estimateFen)} 的 ${percent(movedFen, estimateFen)}`;
  switch (code) {
    case "withinLimit":
      return `${moved}，不超过 ${figure.value}%；理由“${CHANGE_REASONS[reasonKind]}”属于可备案的情形。`;
    case "movedTooMuch":
      return `${moved}，超过 ${figure.value}%。`;
    case "aboveEstimate":
      return `变更后概算 ${wan(newEstimateFen)}，超出批复概算 ${wan(newEstimateFen - estimateFen)}。`;
    case "reasonNotAllowed":
      return `理由“${CHANGE_REASONS[reasonKind]}”不在可备案的情形之内（上级要求、技术方案优化、业务范围内增长）。`;
  }
}

/** Why the change goes the way it goes, a sentence for each reason. */
export const sayRoute = (check: RouteCheck, amounts: ChangeAmounts, reasonKind: ChangeReason): string[] =>
  check.codes.map((code) => sayRouteCode(code, amounts, reasonKind, check.figure));

/** Whether the change must be reported, and why. */
export function sayOverrun({ code, figure }: OverrunCheck, { newEstimateFen, feasibilityFen }: ChangeAmounts): string {
  const base = feasibilityFen ?? 0;
  switch (code) {
    case "noFeasibility":
      return "项目没有可研估算，此项检查不适用；超出批复概算的，由第一项检查判定重新审批。";
    case "withinFeasibility":
      return newEstimateFen <= base
        ? `变更后概算 ${wan(newEstimateFen)}，没有超过可研估算 ${wan(base)}，不须报告。`
        : `变更后概算 ${wan(newEstimateFen)}，比可研估算 ${wan(base)} 多 ${percent(newEstimateFen - base, base)}，不超过 ${figure.value}%，不须报告。`;
    case "overrun":
      return `变更后概算 ${wan(newEstimateFen)}，比可研估算 ${wan(base)} 多 ${percent(newEstimateFen - base, base)}，超过 ${figure.value}%，须报告，必要时重新审批。`;
  }
}

/** The rule row a check was judged by, as a citation. */
export const citeFigure = ({ name, value, unit, source, inForceFrom }: FigureInForce): string =>
  `${name} ${value}${unit}，${formatOfficialDate(inForceFrom)}起生效；依据：${source}`;

/** An amount as the form shows it for editing. @unit fen in, 万元 out */
export const typedWan = (amount: Fen): string =>
  formatWan(amount, 6)
    .replaceAll(",", "")
    .replace(/\.?0+$/, "");
