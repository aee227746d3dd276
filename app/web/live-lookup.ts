import { useEffect, useRef, useState, type RefObject } from "react";

/** Asked when the typing pauses, not at each key. @unit milliseconds */
const PAUSE = 400;

/**
 * Looks something up while a form is typed into: the answer to a GET of `path` with the named fields, asked again after
 * each pause. The anchor stands anywhere in the form. It is a comfort: an answer that fails or comes too late is dropped
 * in silence and never takes the person away from what is typed, as a redirect of a router's fetcher would.
 */
export function useLiveLookup<T>(
  path: string,
  fields: readonly string[],
): { readonly anchor: RefObject<HTMLDivElement>; readonly answer: T | null } {
  const anchor = useRef<HTMLDivElement>(null);
  const [answer, setAnswer] = useState<T | null>(null);
  const names = fields.join(" ");
  useEffect(() => {
    const form = anchor.current?.closest("form");
    if (!form) return;
    const watched = names.split(" ");
    let timer: number | undefined;
    let asking = new AbortController();
    const ask = async () => {
      asking.abort();
      asking = new AbortController();
      try {
        const response = await fetch(addressOf(path, watched, new FormData(form)), {
          signal: asking.signal,
          redirect: "error",
        });
        if (response.ok) setAnswer((await response.json()) as T);
      } catch {
        // Overtaken by the next question, logged out, or off line.
      }
    };
    const onInput = ({ target }: Event) => {
      if (!(target instanceof Element) || !watched.includes(target.getAttribute("name") ?? "")) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), PAUSE);
    };
    form.addEventListener("input", onInput);
    return () => {
      form.removeEventListener("input", onInput);
      window.clearTimeout(timer);
      asking.abort();
    };
  }, [path, names]);
  return { anchor, answer };
}

/** Longer texts are cut: proxies refuse addresses over 8 kB, and a Chinese character takes nine bytes of one. */
const LONGEST_FIELD = 350;

function addressOf(path: string, fields: readonly string[], typed: FormData): string {
  const query = new URLSearchParams(path.split("?")[1]);
  for (const field of fields) {
    const value = typed.get(field);
    if (typeof value === "string") query.set(field, value.slice(0, LONGEST_FIELD));
  }
  return `${path.split("?")[0]}?${query}`;
}
