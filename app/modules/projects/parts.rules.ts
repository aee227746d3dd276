import type { Refusal } from "~/kernel/result";
import type { ProjectStage } from "~/kernel/vocabulary";

import type { ProjectPart } from "./filing.types";

/** Stages in which a part has not yet been signed by its unit's leader. */
const UNSIGNED = ["draft", "submitted"] as const satisfies readonly ProjectStage[];

/** A part that the leader of its unit has signed, or that was taken back: it no longer holds the lead up. */
export const isSettled = ({ stage }: Pick<ProjectPart, "stage">): boolean =>
  !(UNSIGNED as readonly ProjectStage[]).includes(stage);

/**
 * The parts that keep the lead of a cross-department project from submitting: the bureau reviews the whole, so every unit
 * must have answered for its part first.
 * Codes: partUnsigned.
 * @source domain.md §3.1: a cross-department project has one lead and child parts
 */
export function partProblems(parts: readonly ProjectPart[]): Refusal<"partUnsigned">[] {
  return parts
    .filter((part) => !isSettled(part))
    .map(({ name, unitName }) => ({ code: "partUnsigned", facts: { name, unitName } }));
}

/**
 * May the unit take its filing back? A part only while it is a draft: once it was handed in, the lead counts on it.
 * @source domain.md §3.1
 */
export const mayTakeBack = ({ parentId, stage }: { parentId: string | null; stage: ProjectStage }): boolean =>
  parentId === null || stage === "draft";

export type InvitationCode =
  "partOfAnother" | "notEditable" | "notPartner" | "ownUnit" | "alreadyInvited" | "nameTaken";

/** What is known when a lead asks another unit for its part. */
export interface Invitation {
  /** the lead may still be edited */
  readonly editable: boolean;
  /** the project that invites is itself a part */
  readonly isPart: boolean;
  readonly leadUnitId: string;
  readonly invitedUnitId: string;
  /** units named as partners that the register knows */
  readonly partnerUnitIds: readonly string[];
  /** units that hold a part which was not taken back */
  readonly unitsWithPart: readonly string[];
}

/**
 * May the lead invite this unit to file a part? One level deep, one part per unit, only units that the filing names.
 * Codes: notEditable, partOfAnother, ownUnit, notPartner, alreadyInvited.
 * @source domain.md §3.1
 */
export function invitationProblems(invitation: Invitation): Refusal<InvitationCode>[] {
  const { invitedUnitId } = invitation;
  if (!invitation.editable) return [{ code: "notEditable" }];
  if (invitation.isPart) return [{ code: "partOfAnother" }];
  if (invitedUnitId === invitation.leadUnitId) return [{ code: "ownUnit", field: "unitId" }];
  if (!invitation.partnerUnitIds.includes(invitedUnitId)) return [{ code: "notPartner", field: "unitId" }];
  if (invitation.unitsWithPart.includes(invitedUnitId)) return [{ code: "alreadyInvited", field: "unitId" }];
  return [];
}
