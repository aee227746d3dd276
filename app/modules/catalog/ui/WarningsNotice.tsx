import { Notice } from "~/ui";

interface Warnings {
  readonly alike: readonly {
    readonly id: string;
    readonly name: string;
    readonly unitName: string;
    readonly percent: number;
  }[];
  readonly sourced: readonly {
    readonly item: string;
    readonly id: string;
    readonly name: string;
    readonly unitName: string;
  }[];
}

/** What should be looked at before the entry goes on; nothing of it forbids anything. */
export function WarningsNotice({ warnings: { alike, sourced } }: { warnings: Warnings }) {
  return (
    <>
      {alike.length > 0 && (
        <Notice tone="warn" title="名称与已有资源相近，请核对是否重复">
          <ul className="list-disc pl-5">
            {alike.map(({ id, name, unitName, percent }) => (
              <li key={id}>
                <a href={`/catalog/${id}`}>{name}</a>（{unitName}，相似 {percent}%）
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {sourced.length > 0 && (
        <Notice tone="warn" title="一数一源：以下信息项已有来源，请核对是否应改为共享获取">
          <ul className="list-disc pl-5">
            {sourced.map(({ item, id, name, unitName }) => (
              <li key={`${item} ${id}`}>
                “{item}”来源于{unitName}的<a href={`/catalog/${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
