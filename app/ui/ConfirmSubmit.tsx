import { AlertDialog } from "radix-ui";
import { useEffect, useRef, useState, type ReactNode } from "react";

import { buttonClass, type ButtonVariant } from "./Button";
import { SubmitButton } from "./SubmitButton";

export interface ConfirmSubmitProps {
  readonly children: ReactNode;
  /** the question: what is about to happen */
  readonly title: string;
  /** what cannot be undone afterwards */
  readonly consequence: ReactNode;
  /** the word on the confirming button */
  readonly confirmLabel: string;
  readonly variant?: ButtonVariant | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
}

/**
 * A submit button that asks once more before what cannot be undone. Before JavaScript it simply submits: the server
 * decides either way.
 */
export function ConfirmSubmit({
  children,
  title,
  consequence,
  confirmLabel,
  variant,
  name,
  value,
}: ConfirmSubmitProps) {
  const submitter = useRef<HTMLButtonElement | null>(null);
  const [ready, setReady] = useState(false);
  const [open, setOpen] = useState(false);
  const confirmed = useRef(false);
  useEffect(() => setReady(true), []);

  return (
    <>
      <SubmitButton
        variant={variant}
        name={name}
        value={value}
        onClick={(event) => {
          if (!ready || confirmed.current) return;
          event.preventDefault();
          submitter.current = event.currentTarget;
          setOpen(true);
        }}
      >
        {children}
      </SubmitButton>
      <AlertDialog.Root open={open} onOpenChange={setOpen}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="fixed inset-0 z-40 bg-ink opacity-40" />
          <AlertDialog.Content className="fixed left-1/2 top-1/3 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/3 rounded border border-line bg-surface p-5 shadow">
            <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description className="mt-2 text-secondary">{consequence}</AlertDialog.Description>
            <div className="mt-5 flex justify-end gap-2">
              <AlertDialog.Cancel className={buttonClass("secondary")}>再想想</AlertDialog.Cancel>
              <AlertDialog.Action
                className={buttonClass(variant ?? "primary")}
                onClick={() => {
                  confirmed.current = true;
                  // The dialog closes first; the click must reach a button that is not inert.
                  setTimeout(() => submitter.current?.click());
                }}
              >
                {confirmLabel}
              </AlertDialog.Action>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </>
  );
}
