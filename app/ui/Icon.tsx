import sprite from "./icons.svg?url";

/**
 * The icons a page may name, each a symbol of icons.svg: one file that browsers keep, instead of its lines in every page.
 * Decoration only: each stands beside its word and is hidden from assistive technology.
 */
export const ICON_NAMES = [
  "home",
  "inbox",
  "dashboard",
  "project",
  "filing",
  "review",
  "expert",
  "money",
  "catalog",
  "system",
  "cloud",
  "graph",
  "progress",
  "task",
  "supervision",
  "score",
  "scheme",
  "objection",
  "rectification",
  "bulletin",
  "decision",
  "unit",
  "user",
  "users",
  "calendar",
  "security",
  "audit",
  "history",
  "settings",
  "key",
  "api",
  "search",
  "upload",
  "download",
  "menu",
  "chevron",
  "cross",
  "sortable",
  "ascending",
  "descending",
] as const;
export type IconName = (typeof ICON_NAMES)[number];

export function Icon({ name, className = "h-4 w-4" }: { name: IconName; className?: string | undefined }) {
  return (
    <svg className={`icon ${className}`} aria-hidden>
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
