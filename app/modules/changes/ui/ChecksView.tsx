import { CHANGE_ROUTES, type ChangeReason } from "~/kernel/vocabulary";
import { StatusTag } from "~/ui";

import type { ChangeAmounts, FigureInForce, OverrunCheck, RouteCheck } from "../change.rules";
import { citeFigure, sayOverrun, sayRoute } from "../change.words";

export interface ChecksViewProps {
  readonly route: RouteCheck;
  readonly overrun: OverrunCheck;
  readonly amounts: ChangeAmounts;
  readonly reasonKind: ChangeReason;
}

/** The two independent checks on a change, in sentences, each with the rule row it was judged by. */
export function ChecksView({ route, overrun, amounts, reasonKind }: ChecksViewProps) {
  const reported = overrun.code === "noFeasibility" ? "不适用" : overrun.mustBeReported ? "须报告" : "不须报告";
  return (
    <ol className="space-y-3">
      <li>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          检查一：备案还是重新审批
          <StatusTag tone={route.route === "filed" ? "good" : "warn"}>{CHANGE_ROUTES[route.route]}</StatusTag>
        </p>
        {sayRoute(route, amounts, reasonKind).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Citation figure={route.figure} />
      </li>
      <li>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          检查二：概算超可研是否须报告
          <StatusTag tone={overrun.mustBeReported ? "warn" : overrun.code === "noFeasibility" ? "neutral" : "good"}>
            {reported}
          </StatusTag>
        </p>
        <p>{sayOverrun(overrun, amounts)}</p>
        <Citation figure={overrun.figure} />
      </li>
    </ol>
  );
}

function Citation({ figure }: { readonly figure: FigureInForce }) {
  return (
    <p className="text-[0.8125rem] text-secondary">
      规则：<a href={`/admin/figures/${figure.code}`}>{citeFigure(figure)}</a>
    </p>
  );
}
