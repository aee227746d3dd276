import type { SubmissionResult } from "@conform-to/react";
import type { ReactNode } from "react";

import type { Filing } from "../filing.types";

/** What every section's form is given: what is saved, what was answered, and what stands at its foot. */
export interface SectionFormProps {
  readonly projectId: string;
  readonly filing: Filing;
  /** the version that a save must find */
  readonly version: number;
  /** how each field stood when the form was opened, as fingerprints */
  readonly opened: string;
  readonly reply: SubmissionResult<string[]> | null;
  readonly actions: ReactNode;
}
