import { useCallback, useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { flushSync } from "react-dom";

import { Button, Notice, SubmitButton } from "~/ui";

import { autosaveOutcome, keptForm, type AutosaveState } from "./autosave";

/** How long after the last keystroke a draft is saved. @unit ms */
const PAUSE_MS = 2_500;

export interface AutoSaveProps {
  /** where the draft is posted to */
  readonly href: string;
  /** names what is typed here in this browser: the person, the project and the section */
  readonly storageKey: string;
  /** drafts that were saved or given up meanwhile */
  readonly settledKeys: readonly string[];
  readonly version: number;
  readonly opened: string;
  /** the page was answered with something that is not saved yet */
  readonly unsaved: boolean;
  /** what is beside the form is read anew */
  readonly onSaved: () => void;
  readonly children: (saved: { version: number; opened: string }) => ReactNode;
}

/**
 * Saves the draft that is typed into the form inside it, some seconds after the last keystroke, and goes on from the
 * version that came back. What is not saved yet stays in this tab, so that a lost session loses nothing. Without script
 * it is not there, and the form's own button saves.
 */
export function AutoSave(props: AutoSaveProps) {
  const { href, storageKey, settledKeys, unsaved, onSaved, children } = props;
  const [chain, setChain] = useState({ version: props.version, opened: props.opened });
  const [state, setState] = useState<AutosaveState>({ kind: "idle" });
  const [kept, setKept] = useState<readonly (readonly [string, string])[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const timer = useRef(0);
  const running = useRef<Promise<void> | null>(null);
  const stopped = useRef(false);

  const save = useCallback(
    async (form: HTMLFormElement): Promise<void> => {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
      body.set("intent", "autosave");
      const sent = body.toString();
      setState({ kind: "saving" });
      const outcome = await autosaveOutcome(() => fetch(href, { method: "POST", body, redirect: "manual" }));
      if (outcome.chain) {
        const next = outcome.chain;
        flushSync(() => setChain(next));
        if (keptForm.read(storageKey) === sent.replace("intent=autosave", "intent=restore"))
          keptForm.forget(storageKey);
        onSaved();
      }
      stopped.current = outcome.state.kind === "conflict";
      setState(outcome.state);
    },
    [href, storageKey, onSaved],
  );

  const schedule = useCallback(
    (form: HTMLFormElement) => {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
      body.set("intent", "restore");
      keptForm.keep(storageKey, body.toString());
      if (stopped.current) return;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        running.current = (running.current ?? Promise.resolve())
          .then(() => save(form))
          .finally(() => {
            running.current = null;
          });
      }, PAUSE_MS);
    },
    [save, storageKey],
  );

  const versioned = (target: EventTarget | null): HTMLFormElement | null => {
    const form = target instanceof Element ? target.closest("form") : null;
    return form?.elements.namedItem("version") ? form : null;
  };

  useEffect(() => {
    settledKeys.forEach((key) => keptForm.forget(key));
    const form = box.current?.querySelector<HTMLInputElement>("form input[name=version]")?.form;
    if (unsaved && form) schedule(form);
    else setKept(keptForm.fields(storageKey));
    return () => window.clearTimeout(timer.current);
    // Once for each page that is opened: what happens later comes from typing.
  }, []);

  const onInput = (event: FormEvent) => {
    const form = versioned(event.target);
    if (form) schedule(form);
  };
  /** A save on its way would make the form's own save look overtaken: it is waited for, then the form is sent. */
  const onSubmit = (event: FormEvent<HTMLDivElement>) => {
    window.clearTimeout(timer.current);
    const form = versioned(event.target);
    if (!form || !running.current) return;
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    void running.current.then(() => form.requestSubmit(submitter));
  };

  return (
    <div ref={box} onInput={onInput} onSubmit={onSubmit}>
      {kept.length > 0 && <Restore fields={kept} onDrop={() => (keptForm.forget(storageKey), setKept([]))} />}
      {children(chain)}
      <SavingState state={state} />
    </div>
  );
}

/** What was typed here before and never saved: taken up again through the server, so that its lists come back as well. */
function Restore({
  fields,
  onDrop,
}: {
  readonly fields: readonly (readonly [string, string])[];
  readonly onDrop: () => void;
}) {
  return (
    <Notice
      tone="warn"
      title="上次在这里填写的内容还没有保存（可能因登录超时或网络中断）"
      action={
        <form method="post" className="flex flex-wrap gap-2">
          {fields.map(([name, value], index) => (
            <input key={`${index} ${name}`} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton variant="secondary" pendingLabel="正在找回…">
            找回
          </SubmitButton>
          <Button variant="quiet" onClick={onDrop}>
            不要了
          </Button>
        </form>
      }
    >
      内容保留在本机这个浏览器标签页中。
    </Notice>
  );
}

function SavingState({ state }: { readonly state: AutosaveState }) {
  if (state.kind === "conflict") {
    return (
      <Notice tone="bad" title="别人刚刚保存了这一部分，自动保存已停止">
        您填写的内容没有丢失。请按“保存”，左右对照后选择保留哪一份。
      </Notice>
    );
  }
  if (state.kind === "loggedOut") {
    return (
      <Notice tone="bad" title="登录已超时，内容还没有保存">
        已填内容保留在本机。请刷新页面重新登录，回到本页后按“找回”继续。
      </Notice>
    );
  }
  const words = wordsOf(state);
  return (
    <p
      role="status"
      className={
        words
          ? "sticky bottom-2 w-fit rounded border border-line bg-surface px-3 py-1 text-[0.8125rem] text-secondary shadow print:hidden"
          : "sr-only"
      }
    >
      {words}
    </p>
  );
}

function wordsOf(state: AutosaveState): string {
  switch (state.kind) {
    case "saving":
      return "正在自动保存…";
    case "saved":
      return `已自动保存 ${state.at}`;
    case "invalid":
      return `还没有自动保存：${state.problems.join("；")}`;
    case "failed":
      return "自动保存没有成功，继续填写时会再试；已填内容保留在本机。";
    default:
      return "";
  }
}
