import type { ReactNode } from "react";

import type { Tone } from "./tone";

export type Light = "green" | "yellow" | "red";

const LIGHTS = {
  green: { tone: "good", word: "正常", color: "var(--good)", shape: <circle cx="6" cy="6" r="5" /> },
  yellow: { tone: "warn", word: "预警", color: "var(--warn)", shape: <path d="M6 .8 11.6 11H.4z" /> },
  red: { tone: "bad", word: "滞后", color: "var(--bad)", shape: <rect x="1" y="1" width="10" height="10" rx="1" /> },
} as const satisfies Record<Light, { tone: Tone; word: string; color: string; shape: ReactNode }>;

export interface LightTagProps {
  /** null: not judged yet */
  readonly light: Light | null;
  /** replaces 正常/预警/滞后 where the light says something else */
  readonly word?: string | undefined;
}

/** A light that is never colour alone: circle, triangle or square, and its word. */
export function LightTag({ light, word }: LightTagProps) {
  if (light === null) return <span className="whitespace-nowrap text-secondary">{word ?? "未评"}</span>;
  const { tone, word: usual, color, shape } = LIGHTS[light];
  return (
    <span data-signal className={`light-tag is-${tone}`}>
      <svg viewBox="0 0 12 12" fill={color} aria-hidden>
        {shape}
      </svg>
      {word ?? usual}
    </span>
  );
}
