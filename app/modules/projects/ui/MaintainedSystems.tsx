import { useState } from "react";

import { keysOf, PROJECT_CLASSES, PROJECT_NATURES } from "~/kernel/vocabulary";
import { isUpkeep } from "~/modules/compliance";
import { CheckboxGroup, fieldId, type FieldError } from "~/ui";

import { systemLine } from "../filing.form-values";
import type { InventoryEntry } from "../filing.types";

/** A list longer than this is searched rather than read. */
const MANY = 12;

const LABEL = "所运维的系统";

/** Which systems of its own an upkeep project keeps running. Nothing to say of a project that is no upkeep. */
export function MaintainedSystems({
  inventory,
  nature,
  projectClass,
  name,
  chosen,
  error,
}: {
  readonly inventory: readonly InventoryEntry[];
  readonly nature: string | undefined;
  readonly projectClass: string | undefined;
  readonly name: string;
  /** lines as the form carries them: one text, or one for each choice */
  readonly chosen: string | readonly string[] | undefined;
  readonly error: FieldError | undefined;
}) {
  const [wanted, setWanted] = useState("");
  const project = {
    nature: keysOf(PROJECT_NATURES).find((key) => key === nature) ?? null,
    class: keysOf(PROJECT_CLASSES).find((key) => key === projectClass) ?? null,
  };
  if (!isUpkeep(project)) return null;
  if (inventory.length === 0)
    return (
      <p id={fieldId(name)} className="text-secondary">
        {LABEL}：本单位在系统清单中没有在用的系统，请先在<a href="/systems">系统清单</a>登记。
      </p>
    );
  const lines = [chosen ?? []].flat().flatMap((text) => text.split("\n"));
  const found = (system: InventoryEntry) => systemLine(system).toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <div className="space-y-2">
      {inventory.length > MANY && (
        <input
          type="search"
          aria-label={`在${LABEL}中查找`}
          placeholder="按系统名称或编号查找"
          className="control max-w-sm"
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
          }}
        />
      )}
      <CheckboxGroup
        name={name}
        label={LABEL}
        required
        hint="从本单位系统清单中选择；清单中没有的请先登记"
        error={error}
        defaultValue={lines}
        options={inventory.map((system) => ({
          value: systemLine(system),
          label: `${system.name}（${system.code}）`,
          hidden: !found(system),
        }))}
      />
    </div>
  );
}
