/**
 * An expected refusal: a code that a rule decided, with the facts its sentence needs. Sentences are written by the
 * module's `*.refusals.ts`; rules know only codes.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  /** form field to show it at, when it concerns one */
  readonly field?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type Result<T, Code extends string = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusals: readonly Refusal<Code>[] };

export const accept = <T>(value: T): Result<T, never> => ({ ok: true, value });

export function refuse<Code extends string>(...refusals: Refusal<Code>[]): Result<never, Code> {
  return { ok: false, refusals };
}

/** What can end a request before any rule is asked. `web` maps each kind to one HTTP status. */
export type DomainErrorKind = "notFound" | "forbidden" | "conflict" | "invalid";

/** Thrown for what no form can answer: out of scope (404), not permitted (403), overtaken by another edit (409). */
export class DomainError extends Error {
  constructor(
    readonly kind: DomainErrorKind,
    readonly code: string,
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(`${kind}: ${code}`);
    this.name = "DomainError";
  }
}

export const notFound = (what: string): DomainError => new DomainError("notFound", what);
export const forbidden = (action: string): DomainError => new DomainError("forbidden", action);
export const conflict = (what: string): DomainError => new DomainError("conflict", what);

/** Did another change come first? A form then answers with what was typed instead of a page of error. */
export const isConflict = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.kind === "conflict";
