import type { Submission } from "@conform-to/react";

import { parseForm } from "~/web/form.server";

import { arrivalDraft } from "./arrival-draft.server";
import { changeDraft } from "./change-draft.server";
import { contractDraft } from "./contract-draft.server";
import type { EntryDraft } from "./draft.server";
import type { EntryKind } from "./entry.lifecycle";
import { arrivalSchema, changeSchema, contractSchema, paymentSchema } from "./entry.schema";
import { paymentDraft } from "./payment-draft.server";

interface Read {
  readonly submission: Submission<unknown, string[]>;
  /** undefined: the form was not filled in right, the submission says where */
  readonly filled?: {
    readonly draft: EntryDraft;
    readonly version: number | undefined;
    readonly file: File | undefined;
  };
}

/** The form of an entry, whatever its kind, as the draft that the verbs take. */
export function readDraft(kind: EntryKind, form: FormData): Read {
  switch (kind) {
    case "contract": {
      const submission = parseForm(form, contractSchema);
      if (submission.status !== "success") return { submission };
      const { version, file, ...input } = submission.value;
      return { submission, filled: { draft: contractDraft(input), version, file } };
    }
    case "contractChange": {
      const submission = parseForm(form, changeSchema);
      if (submission.status !== "success") return { submission };
      const { version, file, ...input } = submission.value;
      return { submission, filled: { draft: changeDraft(input, file !== undefined), version, file } };
    }
    case "arrival": {
      const submission = parseForm(form, arrivalSchema);
      if (submission.status !== "success") return { submission };
      const { version, ...input } = submission.value;
      return { submission, filled: { draft: arrivalDraft(input), version, file: undefined } };
    }
    case "payment": {
      const submission = parseForm(form, paymentSchema);
      if (submission.status !== "success") return { submission };
      const { version, ...input } = submission.value;
      return { submission, filled: { draft: paymentDraft(input), version, file: undefined } };
    }
  }
}
