import { formatWan } from "~/kernel/fen";
import {
  divide,
  multiply,
  parseRational,
  rational,
  RATIONAL_ZERO,
  subtract,
  toExact,
  toFixed,
  type Rational,
} from "~/kernel/rational";

import type {
  BulletinFigure,
  CountFigure,
  Inline,
  ListFigure,
  MoneyFigure,
  Paragraph,
  Share,
  Sourced,
} from "./bulletin.types";
import { FIGURE_DEFINITIONS, type FigureKind } from "./figure-definitions";

const HUNDRED = rational(100);

/** The exact percentage of a share, or undefined when there was nothing to measure. @unit percent */
export function percentOf({ numerator, denominator }: Share): Rational | undefined {
  const base = parseRational(denominator);
  return base.n === 0n ? undefined : multiply(divide(parseRational(numerator), base), HUNDRED);
}

/**
 * Collects the figures of a bulletin while its text is composed: each method writes a figure down once and returns the
 * place holder that stands for it in the text. Nothing in a bulletin is a number unless it went through here.
 */
export class FigureLedger {
  private readonly figures = new Map<string, BulletinFigure>();

  count(source: CountFigure, kind: FigureKind, unit: "count" | "place" | "days" = "count"): Inline {
    return this.add(source, kind, unit, String(source.value), String(source.value));
  }

  listCount(source: ListFigure<unknown>, kind: FigureKind): Inline {
    return this.count({ ...source, value: source.items.length }, kind);
  }

  money(source: MoneyFigure, kind: FigureKind): Inline {
    return this.add(source, kind, "fen", formatWan(source.fen), String(source.fen));
  }

  percent(source: Sourced, value: Rational, kind: FigureKind): Inline {
    return this.add(source, kind, "percent", `${toFixed(value, 2)}%`, toExact(value));
  }

  /** A difference of percentages, without its sign: the words around it say which way. */
  points(source: Sourced, difference: Rational, kind: FigureKind): Inline {
    return this.add(source, kind, "percentagePoint", toFixed(absolute(difference), 2), toExact(difference));
  }

  score(source: Sourced & { readonly score: string; readonly scoreExact: string }): Inline {
    return this.add(source, "score", "score", source.score, source.scoreExact);
  }

  /** The figures that stand in these paragraphs, in the order in which they are read. */
  usedIn(paragraphs: readonly Paragraph[]): BulletinFigure[] {
    const ids = paragraphs.flat().flatMap((inline) => (typeof inline === "string" ? [] : [inline.figure]));
    return [...new Set(ids)].flatMap((id) => this.figures.get(id) ?? []);
  }

  private add(source: Sourced, kind: FigureKind, unit: BulletinFigure["unit"], text: string, value: string): Inline {
    const figure = {
      id: source.figureId,
      text,
      value,
      unit,
      evidenceUrl: source.evidenceUrl,
      ...FIGURE_DEFINITIONS[kind],
    };
    const known = this.figures.get(figure.id);
    if (known && (known.value !== value || known.unit !== unit)) {
      throw new Error(`figure ${figure.id} stands for two values`);
    }
    if (!known) this.figures.set(figure.id, figure);
    return { figure: figure.id };
  }
}

/** A figure that follows from another, shown with the other's rows. */
export const derived = (source: Sourced, suffix: string): Sourced => ({
  figureId: `${source.figureId}.${suffix}`,
  evidenceUrl: source.evidenceUrl,
});

const absolute = (value: Rational): Rational => (value.n < 0n ? subtract(RATIONAL_ZERO, value) : value);
