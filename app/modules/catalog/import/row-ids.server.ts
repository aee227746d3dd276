import { newId } from "~/platform/ids.server";

const RANDOM_TAIL = 12;
const TAIL_LIMIT = 16 ** RANDOM_TAIL;
/** Rows that share the moment of one id. */
const IDS_AT_ONCE = 500;

/**
 * Ids for many rows at the price of one: those after the first count up in its random tail, as RFC 9562 allows (§6.2,
 * method 2). They rise, as all ids of a process do.
 */
export class RowIds {
  private head = "";
  private tail = 0;
  private left = 0;

  next(): string {
    if (this.left === 0 || this.tail + 1 >= TAIL_LIMIT) {
      const first = newId();
      this.head = first.slice(0, -RANDOM_TAIL);
      this.tail = parseInt(first.slice(-RANDOM_TAIL), 16);
      this.left = IDS_AT_ONCE;
    } else this.tail++;
    this.left--;
    return this.head + this.tail.toString(16).padStart(RANDOM_TAIL, "0");
  }
}
