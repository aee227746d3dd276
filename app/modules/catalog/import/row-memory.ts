/** What was worked out for a text, to be had again: a column repeats many of its texts. Forgets all when it is full. */
export class RowMemory<Value> {
  private readonly known = new Map<string, Value>();

  constructor(private readonly workOut: (text: string) => Value) {}

  of(text: string): Value {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const value = this.workOut(text);
    // A column of free texts would otherwise be kept twice.
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(text, value);
    return value;
  }
}

const MOST_REMEMBERED = 4_000;
