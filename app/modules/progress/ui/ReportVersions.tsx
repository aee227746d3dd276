import { formatInstant } from "~/kernel/local-date";
import { DataTable } from "~/ui";

import type { VersionDifference } from "../report/version-differences";

interface ReportVersionsProps {
  /** in the order in which they were signed */
  readonly versions: readonly {
    readonly number: number;
    readonly submittedAt: string;
    readonly signer: string | null;
    readonly actualPercent: string;
    readonly files: readonly { readonly id: string; readonly name: string }[];
    readonly differences: readonly VersionDifference[];
  }[];
  readonly fileHref: (id: string) => string;
}

/** Every signed version, newest first, each with what it changed of the one before. */
export function ReportVersions({ versions, fileHref }: ReportVersionsProps) {
  return (
    <ol className="divide-y divide-line" reversed>
      {versions.toReversed().map((version) => (
        <li key={version.number} className="px-4 py-3">
          <p className="font-medium">
            第 {version.number} 版{version.number === 1 && <span>（首次报送）</span>}
          </p>
          <p className="text-[0.8125rem] text-secondary">
            {formatInstant(new Date(version.submittedAt))} 由 {version.signer} 签批报送，实际进度{" "}
            {version.actualPercent}%
          </p>
          {version.files.length > 0 && (
            <p className="text-[0.8125rem]">
              签批时的佐证材料：
              {version.files.map(({ id, name }) => (
                <a key={id} href={fileHref(id)} className="mr-3">
                  {name}
                </a>
              ))}
            </p>
          )}
          {version.number > 1 && <Differences version={version} />}
        </li>
      ))}
    </ol>
  );
}

function Differences({ version: { number, differences } }: { version: ReportVersionsProps["versions"][number] }) {
  if (differences.length === 0) return <p className="text-[0.8125rem]">与第 {number - 1} 版内容相同。</p>;
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-primary">
        与第 {number - 1} 版的差异（{differences.length} 项）
      </summary>
      <DataTable
        caption={`第 ${number} 版与第 ${number - 1} 版的差异`}
        rows={differences}
        rowKey={(row) => row.label}
        empty={null}
        columns={[
          { key: "label", title: "内容", primary: true, render: (row) => row.label },
          { key: "before", title: `第 ${number - 1} 版`, render: (row) => <Lines text={row.before} /> },
          { key: "after", title: `第 ${number} 版`, render: (row) => <Lines text={row.after} /> },
        ]}
      />
    </details>
  );
}

const Lines = ({ text }: { text: string }) =>
  text === "" ? <span className="text-secondary">（空）</span> : <span className="whitespace-pre-line">{text}</span>;
