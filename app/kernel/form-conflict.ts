/** One row of a list in a form, by column. */
export type FormRow = Readonly<Record<string, string>>;
/** What a form holds: texts, and lists of rows. */
export type FormValues = Readonly<Record<string, string | readonly FormRow[]>>;

/** Who changed a field since the form was opened. */
export type ChangedBy = "mine" | "theirs" | "both";
export type Choice = "mine" | "theirs";

/** One field on which what was typed and what was saved meanwhile differ. */
export interface ConflictRow {
  readonly field: string;
  readonly label: string;
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
  /** rows or texts that only one side has, to be marked */
  readonly onlyMine: readonly string[];
  readonly onlyTheirs: readonly string[];
  readonly changedBy: ChangedBy;
  /** undefined: both changed it, and nobody but the reader can tell */
  readonly proposed?: Choice | undefined;
}

/** What a form's fields mean, for comparing and for reading. */
export interface FieldSense {
  /** a field in the one form in which two people's typing can be compared: 1,200.50 is 1200.5 */
  readonly comparable: (field: string, value: FormValues[string] | undefined) => string;
  /** as people read it, one line for each row of a list */
  readonly linesOf: (field: string, value: FormValues[string] | undefined) => readonly string[];
  readonly labelOf: (field: string) => string;
}

/**
 * A short mark of every field as the form was opened with it. Sent along hidden, it tells later which side changed a
 * field, without sending the whole form twice.
 */
export function fingerprints(values: FormValues, { comparable }: Pick<FieldSense, "comparable">): string {
  return Object.keys(values)
    .sort()
    .map((field) => `${field}:${mark(comparable(field, values[field]))}`)
    .join(",");
}

/** Two independent 32-bit FNV sums: enough to tell one edit of a field from another, the same in browser and server. */
function mark(text: string): string {
  let [one, two] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193) >>> 0;
    two = Math.imul(two + unit, 0x85ebca6b) >>> 0;
  }
  return `${one.toString(36)}-${two.toString(36)}`;
}

/**
 * The fields on which two versions differ, side by side. Where only one side changed a field since the form was opened,
 * that side is proposed; where both did, the reader must choose.
 * @param opened the fingerprints that came with the form; without them every difference is to be chosen
 */
export function conflictRows(
  { mine, theirs, opened }: { mine: FormValues; theirs: FormValues; opened: string },
  { comparable, linesOf, labelOf }: FieldSense,
): ConflictRow[] {
  const before = new Map(opened.split(",").map((pair) => pair.split(":") as [string, string | undefined]));
  return Object.keys(theirs).flatMap((field): ConflictRow[] => {
    const [typed, saved] = [comparable(field, mine[field]), comparable(field, theirs[field])];
    if (typed === saved) return [];
    const [iChanged, theyChanged] = [mark(typed) !== before.get(field), mark(saved) !== before.get(field)];
    const changedBy: ChangedBy = iChanged === theyChanged ? "both" : iChanged ? "mine" : "theirs";
    const [mineLines, theirLines] = [linesOf(field, mine[field]), linesOf(field, theirs[field])];
    return [
      {
        field,
        label: labelOf(field),
        mine: mineLines,
        theirs: theirLines,
        onlyMine: mineLines.filter((line) => !theirLines.includes(line)),
        onlyTheirs: theirLines.filter((line) => !mineLines.includes(line)),
        changedBy,
        proposed: changedBy === "both" ? undefined : changedBy,
      },
    ];
  });
}

/** The two versions as one: of each field the chosen side; a field without a choice keeps what was typed. */
export function mergedValues(
  mine: FormValues,
  theirs: FormValues,
  choices: Readonly<Record<string, Choice | undefined>>,
): FormValues {
  return Object.fromEntries(
    Object.keys(theirs).map((field) => {
      const side = choices[field] === "theirs" ? theirs : mine;
      return [field, side[field] ?? (Array.isArray(theirs[field]) ? [] : "")];
    }),
  );
}

/** Values as the fields of a form, in order: `name` and `lines[0].name`. */
export function formFields(values: FormValues): [name: string, value: string][] {
  return Object.entries(values).flatMap(([field, value]): [string, string][] =>
    typeof value === "string"
      ? [[field, value]]
      : value.flatMap((row: FormRow, index) =>
          Object.entries(row).map(([column, text]): [string, string] => [`${field}[${index}].${column}`, text]),
        ),
  );
}

/** The values of those fields that a form has like these, out of whatever else was posted. */
export function valuesOf(form: FormData, like: FormValues): FormValues {
  const values: Record<string, string | FormRow[]> = {};
  for (const field of Object.keys(like)) {
    if (typeof like[field] !== "string") values[field] = [];
  }
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const [, list, index, column] = /^(\w+)\[(\d{1,4})\]\.(\w+)$/.exec(name) ?? [];
    if (list && index && column) {
      const rows = values[list];
      if (Array.isArray(rows)) rows[Number(index)] = { ...rows[Number(index)], [column]: value };
    } else if (name in like) {
      // Of a group of choices every one that was made comes under the same name.
      const before = values[name];
      values[name] = typeof before === "string" ? `${before}\n${value}` : value;
    }
  }
  for (const [field, value] of Object.entries(values)) {
    if (Array.isArray(value)) values[field] = value.filter(Boolean);
  }
  return values;
}

/** The sides that a reader chose on the page of both versions; undefined where nothing was chosen yet. */
export function choicesOf(form: FormData, fields: readonly string[]): Record<string, Choice | undefined> {
  return Object.fromEntries(
    fields.map((field) => {
      const choice = form.get("intent") === "mergeMine" ? "mine" : form.get(`choice-${field}`);
      return [field, choice === "mine" || choice === "theirs" ? choice : undefined];
    }),
  );
}
