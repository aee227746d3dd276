import type { DomainErrorKind } from "~/kernel/result";

/** What an error page knows: enough to say what to do, and the number that finds it in the log. */
export interface ErrorBody {
  readonly kind: DomainErrorKind | "busy" | "broken";
  readonly code: string;
  readonly requestId: string;
}
