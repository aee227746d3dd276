/** What the background save of a draft came to. */
export type AutosaveState =
  | { readonly kind: "idle" | "saving" | "conflict" | "loggedOut" | "failed" }
  | { readonly kind: "saved"; readonly at: string }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

interface Outcome {
  readonly state: AutosaveState;
  /** from where the form goes on, when it was saved */
  readonly chain?: { readonly version: number; readonly opened: string };
}

type Answer = Pick<Response, "type" | "status" | "json">;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Reads the answer to a background save; whatever goes wrong on the way is only "failed", and tried again. */
export async function autosaveOutcome(send: () => Promise<Answer>): Promise<Outcome> {
  try {
    const response = await send();
    // The log-in page is where a request without a session is led.
    if (response.type === "opaqueredirect") return { state: { kind: "loggedOut" } };
    if (response.status === 409) return { state: { kind: "conflict" } };
    const body: unknown = await response.json();
    if (!isRecord(body)) return { state: { kind: "failed" } };
    const { version, opened, at, problems } = body;
    if (body.saved === true && typeof version === "number" && typeof opened === "string") {
      return { state: { kind: "saved", at: typeof at === "string" ? at : "" }, chain: { version, opened } };
    }
    if (Array.isArray(problems)) return { state: { kind: "invalid", problems: problems.map(String) } };
  } catch {
    // A lost connection or an error page: the typing stays in the tab.
  }
  return { state: { kind: "failed" } };
}

/** Forms that were typed and not saved, kept in this tab only; a browser that forbids it just keeps none. */
export const keptForm = {
  read(key: string): string | null {
    try {
      return window.sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  keep(key: string, fields: string): void {
    try {
      window.sessionStorage.setItem(key, fields);
    } catch {
      // Full or forbidden.
    }
  },
  forget(key: string): void {
    try {
      window.sessionStorage.removeItem(key);
    } catch {
      // Forbidden: there was nothing to forget.
    }
  },
  fields: (key: string): readonly (readonly [string, string])[] => [...new URLSearchParams(keptForm.read(key) ?? "")],
};
