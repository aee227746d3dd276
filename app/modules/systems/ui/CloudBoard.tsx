import { daysBetween, type LocalDate } from "~/kernel/local-date";
import { BLOCK_REASONS, type BlockReason } from "~/kernel/vocabulary";
import { StatusTag } from "~/ui";

import { columnName, MIGRATED, type CloudColumn } from "../cloud/rates/rates.rules";

interface Card {
  readonly id: string;
  readonly name: string;
  readonly unitName: string;
  readonly batch: string | null;
  readonly targetOn: LocalDate | null;
  readonly since: LocalDate;
  readonly overdue: boolean;
  readonly blockReason: BlockReason | null;
  readonly blockedSince: LocalDate | null;
}

interface CloudBoardProps {
  readonly columns: readonly {
    readonly column: CloudColumn;
    readonly total: number;
    readonly cards: readonly Card[];
  }[];
  readonly asOf: LocalDate;
  /** days after which a block stands out */
  readonly blockedDays: number;
  readonly listHref: (questions: Readonly<Record<string, string>>) => string;
}

/** The seven steps side by side and what has arrived: each column its first cards, the rest in the list. */
export function CloudBoard({ columns, asOf, blockedDays, listHref }: CloudBoardProps) {
  return (
    <div className="overflow-x-auto">
      <ol className="grid min-w-[62rem] grid-cols-8 items-start gap-2">
        {columns.map(({ column, total, cards }) => (
          <li key={column} className="rounded border border-line bg-ground p-2">
            <h3 className="mb-2 flex justify-between text-[0.8125rem] font-semibold">
              {columnName(column)}
              <a href={listHref({ step: column })} aria-label={`${columnName(column)}：${total} 个，查看清单`}>
                {total}
              </a>
            </h3>
            <ul className="space-y-1.5">
              {cards.map((card) => (
                <li key={card.id}>
                  <BoardCard card={card} asOf={asOf} blockedDays={blockedDays} arrived={column === MIGRATED} />
                </li>
              ))}
            </ul>
            {total > cards.length && (
              <p className="mt-2 text-center text-[0.8125rem]">
                <a href={listHref({ step: column })}>查看全部 {total} 个</a>
              </p>
            )}
            {total === 0 && <p className="py-2 text-center text-[0.8125rem] text-secondary">没有系统</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}

interface BoardCardProps {
  readonly card: Card;
  readonly asOf: LocalDate;
  readonly blockedDays: number;
  readonly arrived: boolean;
}

function BoardCard({ card, asOf, blockedDays, arrived }: BoardCardProps) {
  const blockedFor = card.blockedSince === null ? 0 : daysBetween(card.blockedSince, asOf);
  return (
    <article className="rounded border border-line bg-surface px-2 py-1.5 text-[0.8125rem] leading-5">
      <a href={`/systems/${card.id}`}>{card.name}</a>
      <span className="block text-secondary">{card.unitName}</span>
      {card.batch && (
        <span className="block text-secondary">
          {card.batch}
          {!arrived && card.targetOn && (
            <>
              ，<span className="whitespace-nowrap">{card.targetOn}</span>
            </>
          )}
        </span>
      )}
      {!arrived && <span className="block text-secondary">停留 {daysBetween(card.since, asOf)} 天</span>}
      {!arrived && (card.overdue || card.blockReason) && (
        <span className="mt-1 flex flex-wrap gap-1">
          {card.overdue && <StatusTag tone="bad">逾期</StatusTag>}
          {card.blockReason && (
            <StatusTag tone={blockedFor >= blockedDays ? "bad" : "warn"}>{`受阻 ${blockedFor} 天`}</StatusTag>
          )}
        </span>
      )}
      {!arrived && card.blockReason && <span className="block">{BLOCK_REASONS[card.blockReason]}</span>}
    </article>
  );
}
