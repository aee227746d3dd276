import { GATE_BLOCKS, keysOf } from "~/kernel/vocabulary";
import { StatusTag } from "~/ui";

import { evidenceHref, sayBlocks, sayGateReason } from "../gate.refusals";
import type { Gate, GateReason } from "../gate.types";

/** Every reason of a closed gate: its sentence, the record that proves it, and what it stops. */
export function GateReasons({ reasons }: { readonly reasons: readonly GateReason[] }) {
  return (
    <ul className="divide-y divide-line">
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.evidence.id}`} className="py-2">
          {sayGateReason(reason)} <a href={evidenceHref(reason.evidence)}>查看记录</a>
          {reason.blocks.length > 0 && (
            <span className="ml-2 text-[0.8125rem] text-secondary">
              {sayBlocks(reason)}
              {!reason.exemptible && "（不可豁免）"}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What passes the gate today and what does not. */
export function GatePassages({ blocked }: Pick<Gate, "blocked">) {
  return (
    <ul className="flex flex-wrap gap-x-8 gap-y-2">
      {keysOf(GATE_BLOCKS).map((block) => {
        const stopped = blocked[block] || (block === "maintenance" && blocked.money);
        return (
          <li key={block} className="flex items-center gap-2">
            <span>{GATE_BLOCKS[block]}</span>
            <StatusTag tone={stopped ? "bad" : "good"}>{stopped ? "停办" : "放行"}</StatusTag>
          </li>
        );
      })}
    </ul>
  );
}
