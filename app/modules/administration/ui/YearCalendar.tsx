import { addDays, addMonths, localDate, weekdayOf, type LocalDate } from "~/kernel/local-date";

/** What a day of the year is besides a plain working day or weekend. */
export interface MarkedDay {
  readonly day: LocalDate;
  readonly off: boolean;
  readonly name: string;
  /** how it differs from what is in force, in a preview */
  readonly change?: "new" | "changed" | "removed";
}

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"] as const;
const CHANGE_WORDS = { new: "新增", changed: "变动", removed: "取消" } as const;

/** The weeks of a month from Monday on; null stands for days of other months. */
function weeksOf(first: LocalDate): (LocalDate | null)[][] {
  const next = addMonths(first, 1);
  const monday = addDays(first, -((weekdayOf(first) + 6) % 7));
  const weeks: (LocalDate | null)[][] = [];
  for (let start = monday; start < next; start = addDays(start, 7)) {
    weeks.push(
      WEEKDAYS.map((_, index) => addDays(start, index)).map((day) => (day >= first && day < next ? day : null)),
    );
  }
  return weeks;
}

/** The twelve months of a year with its holidays and make-up working days; in a preview also what would change. */
export function YearCalendar({ year, days }: { readonly year: number; readonly days: readonly MarkedDay[] }) {
  const marks = new Map(days.map((mark) => [mark.day, mark]));
  const months = Array.from({ length: 12 }, (_, index) => addMonths(localDate(`${year}-01-01`), index));
  return (
    <>
      <Legend withChanges={days.some(({ change }) => change)} />
      <div className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-4">
        {months.map((first, index) => (
          <table key={first} className="w-full table-fixed border-collapse self-start text-center">
            <caption className="pb-1 text-left font-semibold">{index + 1}月</caption>
            <thead>
              <tr>
                {WEEKDAYS.map((weekday) => (
                  <th key={weekday} scope="col" className="text-[0.75rem] font-normal text-secondary">
                    {weekday}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(first).map((week, row) => (
                <tr key={row}>
                  {week.map((day, column) => (
                    <td key={column} className="p-0.5 align-top">
                      {day && <Day day={day} mark={marks.get(day)} weekend={column > 4} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </>
  );
}

function Day({
  day,
  mark,
  weekend,
}: {
  readonly day: LocalDate;
  readonly mark: MarkedDay | undefined;
  readonly weekend: boolean;
}) {
  const number = Number(day.slice(8));
  if (!mark)
    return <span className={`block min-h-[2.125rem] rounded py-0.5 ${weekend ? "text-secondary" : ""}`}>{number}</span>;
  const words = `${mark.name}${mark.change ? `，${CHANGE_WORDS[mark.change]}` : ""}`;
  return (
    <span className={`block min-h-[2.125rem] rounded py-0.5 ${surfaceOf(mark)}`} title={words}>
      {number}
      <span className="block text-[0.6875rem] leading-tight">
        {mark.change === "removed" ? "取消" : mark.off ? "休" : "班"}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function surfaceOf({ off, change }: MarkedDay): string {
  const edge = change ? "outline outline-2 outline-primary" : "";
  if (change === "removed") return `bg-ground text-secondary line-through ${edge}`;
  return off
    ? `bg-good-soft text-[color:var(--good-text)] ${edge}`
    : `bg-warn-soft text-[color:var(--warn-text)] ${edge}`;
}

function Legend({ withChanges }: { readonly withChanges: boolean }) {
  const sample = "inline-block min-w-[1.5rem] rounded px-1 text-center text-[0.75rem]";
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-secondary">
      <span>
        <span className={`${sample} bg-good-soft text-[color:var(--good-text)]`}>休</span> 放假
      </span>
      <span>
        <span className={`${sample} bg-warn-soft text-[color:var(--warn-text)]`}>班</span> 调休上班
      </span>
      <span>未标注的周一至周五上班，周六、周日休息</span>
      {withChanges && (
        <span>
          <span className={`${sample} outline outline-2 outline-primary`}>框</span> 与现行安排不同
        </span>
      )}
    </p>
  );
}
