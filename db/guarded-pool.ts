import postgres, { type ParameterOrJSON, type Sql, type TransactionSql } from "postgres";

/** The database did not answer in time: nothing is known to be wrong with the request itself. */
export class DatabaseUnavailableError extends Error {
  constructor(readonly cause_: "busy" | "silent" | "closed") {
    super(`database unavailable: ${cause_}`);
    this.name = "DatabaseUnavailableError";
  }
}

const LOST_CONNECTION = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "53300", // too many connections
  "57P01", // shut down by an administrator
  "57P02", // crash of another session
  "57P03", // still starting
]);

/** Whether an error, or what caused it, means that the database cannot be reached just now (a 503, not a 500). */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof DatabaseUnavailableError) return true;
  return LOST_CONNECTION.has((error as { code?: string }).code ?? "") || isDatabaseUnavailable(error.cause);
}

type Parameters = ParameterOrJSON<never>[];
type Rows = readonly unknown[];

/** What drizzle awaits: the rows as objects, or as arrays through `values()`. */
interface PendingRows extends PromiseLike<Rows> {
  values(): Promise<Rows>;
}

interface Statements {
  unsafe(text: string, parameters?: Parameters): PendingRows;
}

interface Scope extends Statements {
  savepoint<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
}

interface Waiter {
  give(line: Sql): void;
  refuse(error: Error): void;
}

/** Share of a deadline that may pass in the queue; the rest is kept for the answer. */
const QUEUE_SHARE = 0.7;

/** Longer texts are one-offs (bulk inserts): keeping them prepared would only fill the server's memory. */
const MAX_PREPARED_LENGTH = 8_000;

/**
 * A pool of one-connection clients. postgres.js waits for ever when a connection goes silent (a frozen proxy, a lost
 * route), so each client serves one piece of work at a time under a deadline; a client that misses it is thrown away
 * alone and the others go on.
 */
export class GuardedPool {
  /** drizzle writes its parsers here; each new client gets them. */
  readonly options: { parsers: Record<number, unknown>; serializers: Record<number, unknown> };
  readonly #idle: Sql[] = [];
  readonly #waiting: Waiter[] = [];
  readonly #all = new Set<Sql>();
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly max: number,
    private readonly statementTimeoutMs: number,
  ) {
    const first = this.#open();
    this.options = first.options;
    this.#idle.push(first);
  }

  get #deadlineMs(): number {
    return this.statementTimeoutMs + 1_000;
  }

  unsafe(text: string, parameters: Parameters = []): PendingRows {
    return pendingRows((asArrays) =>
      this.#work(this.#deadlineMs, (line, watch) => watch.during(send(line, text, parameters, asArrays))),
    );
  }

  begin<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    return this.#work(this.#deadlineMs, (line, watch) =>
      guardedScope(watch, (body) => line.begin(body) as Promise<T>, work),
    );
  }

  async ping(deadlineMs: number): Promise<boolean> {
    try {
      await this.#work(deadlineMs, (line, watch) => watch.during(send(line, "select 1", [], false)));
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.refuse(new DatabaseUnavailableError("closed"));
    await Promise.all([...this.#all].map((line) => line.end({ timeout: 5 })));
  }

  async #work<T>(deadlineMs: number, task: (line: Sql, watch: Watch) => Promise<T>): Promise<T> {
    const begun = performance.now();
    const line = await this.#take(deadlineMs * QUEUE_SHARE);
    const watch = new Watch(this.#deadlineMs, deadlineMs - (performance.now() - begun));
    try {
      return await Promise.race([task(line, watch), watch.silence]);
    } finally {
      watch.end();
      if (watch.isSilent) this.#discard(line);
      else this.#giveBack(line);
    }
  }

  #take(patienceMs: number): Promise<Sql> {
    if (this.#closed) return Promise.reject(new DatabaseUnavailableError("closed"));
    const line = this.#idle.pop() ?? (this.#all.size < this.max ? this.#open() : undefined);
    if (line) return Promise.resolve(line);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        give: (free) => (clearTimeout(timer), resolve(free)),
        refuse: (error) => (clearTimeout(timer), reject(error)),
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new DatabaseUnavailableError("busy"));
      }, patienceMs);
      this.#waiting.push(waiter);
    });
  }

  #giveBack(line: Sql): void {
    const next = this.#waiting.shift();
    if (next) next.give(line);
    else this.#idle.push(line);
  }

  #discard(line: Sql): void {
    this.#all.delete(line);
    void line.end({ timeout: 0 });
    const next = this.#waiting.shift();
    if (next) next.give(this.#open());
  }

  #open(): Sql {
    const line = postgres(this.url, {
      max: 1,
      connect_timeout: 3,
      keep_alive: 15,
      // The default grows to 20 s between attempts: a database that is back would not be noticed.
      backoff: () => 0.2,
      onnotice: () => undefined,
      connection: {
        application_name: "mingjing",
        statement_timeout: this.statementTimeoutMs,
        idle_in_transaction_session_timeout: this.statementTimeoutMs,
      },
    });
    if (this.options) {
      Object.assign(line.options.parsers, this.options.parsers);
      Object.assign(line.options.serializers, this.options.serializers);
    }
    this.#all.add(line);
    return line;
  }
}

/** The clock of one piece of work: it runs only while an answer of the database is awaited. */
class Watch {
  isSilent = false;
  readonly silence: Promise<never>;
  #awaited = 0;
  #timer: NodeJS.Timeout | undefined;
  #fall: (error: Error) => void = () => undefined;

  /** @param firstMs what is left of the deadline for the first answer @unit ms */
  constructor(
    private readonly deadlineMs: number,
    private firstMs: number,
  ) {
    this.silence = new Promise((_, reject) => {
      this.#fall = reject;
    });
    this.silence.catch(() => undefined);
  }

  async during<T>(answer: PromiseLike<T>): Promise<T> {
    this.begin();
    try {
      return await answer;
    } finally {
      this.answered();
    }
  }

  begin(): void {
    this.#awaited += 1;
    this.#restart();
  }

  answered(): void {
    this.#awaited -= 1;
    this.firstMs = this.deadlineMs;
    this.#restart();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#awaited === 0) return;
    this.#timer = setTimeout(() => {
      this.isSilent = true;
      this.#fall(new DatabaseUnavailableError("silent"));
    }, this.firstMs);
  }
}

/** Watches what surrounds the work (begin, commit, rollback, savepoint) and every statement in it, not the work's own time. */
async function guardedScope<T>(
  watch: Watch,
  open: (body: (line: TransactionSql) => Promise<T>) => Promise<T>,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  watch.begin();
  try {
    return await open(async (line) => {
      watch.answered();
      try {
        return await work({
          unsafe: (text, parameters = []) =>
            pendingRows((asArrays) => watch.during(send(line, text, parameters, asArrays))),
          savepoint: (inner) => guardedScope(watch, (body) => line.savepoint(body) as Promise<never>, inner),
        });
      } finally {
        watch.begin();
      }
    });
  } finally {
    watch.answered();
  }
}

function send(line: Sql | TransactionSql, text: string, parameters: Parameters, asArrays: boolean): PromiseLike<Rows> {
  const pending = line.unsafe(text, parameters, { prepare: text.length <= MAX_PREPARED_LENGTH });
  return asArrays ? pending.values() : pending;
}

function pendingRows(run: (asArrays: boolean) => Promise<Rows>): PendingRows {
  return {
    then: (onRows, onError) => run(false).then(onRows, onError),
    values: () => run(true),
  };
}
