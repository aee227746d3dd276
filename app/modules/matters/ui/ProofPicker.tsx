import { SHARING_TYPES, type SharingType } from "~/kernel/vocabulary";
import { Select, SubmitButton, TextInput } from "~/ui";

interface ProofPickerProps {
  readonly materialId: string;
  readonly version: number;
  readonly q: string;
  readonly found: readonly {
    readonly id: string;
    readonly code: string | null;
    readonly name: string;
    readonly unitName: string;
    readonly sharingType: SharingType;
    readonly connected: boolean;
    readonly items: readonly string[];
  }[];
  /** the actor may prove only by data of his own unit */
  readonly ownOnly: boolean;
}

/** Finds published resources by words and says which of their items proves the material. */
export function ProofPicker({ materialId, version, q, found, ownOnly }: ProofPickerProps) {
  return (
    <div className="mt-4 space-y-4 border-t border-line pt-4">
      <form
        method="get"
        action={`/matters/materials/${materialId}#proofs`}
        role="search"
        className="flex flex-wrap items-end gap-3"
      >
        <TextInput
          name="q"
          label="登记证明"
          hint={ownOnly ? "查找本单位已发布的数据资源" : "查找已发布的数据资源，例如“不动产”"}
          defaultValue={q}
          className="w-full sm:w-96"
        />
        <SubmitButton variant="secondary" pendingLabel="正在查找…">
          查找资源
        </SubmitButton>
      </form>
      {q && found.length === 0 && <p className="text-secondary">没有找到已发布的资源，请换个词查找。</p>}
      <ul className="space-y-3">
        {found.map((resource) => (
          <li key={resource.id} className="rounded border border-line px-3 py-2">
            <form method="post" className="flex flex-wrap items-end gap-3">
              <input type="hidden" name="version" value={version} />
              <input type="hidden" name="resourceId" value={resource.id} />
              <p className="min-w-0 flex-1 basis-64">
                <a href={`/catalog/${resource.id}`}>{resource.name}</a>
                <span className="block text-[0.8125rem] text-secondary">
                  {[
                    resource.code,
                    resource.unitName,
                    SHARING_TYPES[resource.sharingType],
                    resource.connected ? "已挂接" : "未挂接",
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </p>
              <Select
                name="itemName"
                id={`item-${resource.id}`}
                label="信息项"
                placeholder="整个资源"
                options={resource.items.map((item) => ({ value: item, label: item }))}
                className="w-full sm:w-48"
              />
              <SubmitButton
                name="intent"
                value="linkProof"
                pendingLabel="正在登记…"
                aria-label={`登记证明${resource.name}`}
              >
                登记为证明
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </div>
  );
}
