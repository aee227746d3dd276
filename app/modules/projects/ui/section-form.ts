import type { SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import type { Filing } from "../filing.types";

/** What every section's form is given: what is saved, what was answered, and what stands at its foot. */
export interface SectionFormProps {
  readonly filing: Filing;
  /** the version that a save must find */
  readonly version: number;
  readonly reply: SubmissionResult<string[]> | null;
  readonly actions: ReactNode;
}
