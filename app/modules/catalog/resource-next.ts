import { findTransition } from "~/kernel/lifecycle";
import {
  keysOf,
  REQUESTED_STEPS,
  type RequestedStep,
  type ResourceState,
  type RevisionState,
} from "~/kernel/vocabulary";

import { RESOURCE_EVENTS, RESOURCE_LIFECYCLE, type ResourceEvent } from "./resource.lifecycle";

/** What somebody may do with one resource, as the policy and the two-person rule say. */
export interface ResourceActor {
  readonly registers: boolean;
  readonly signs: boolean;
  readonly publishes: boolean;
  readonly signsRevision: boolean;
  readonly wasRegistrar: boolean;
  readonly wasRevisionRegistrar: boolean;
}

interface Standing {
  readonly state: ResourceState;
  readonly stateReason: string | null;
  readonly projectId: string | null;
  readonly requestedStep: RequestedStep | null;
}

/** The steps of the lifecycle that are offered to somebody now; the verb decides once more. */
export function stepsFor(resource: Standing, who: ResourceActor): ResourceEvent[] {
  return keysOf(RESOURCE_EVENTS).filter((event) => {
    const row = findTransition(RESOURCE_LIFECYCLE, resource.state, event);
    switch (row?.action) {
      case undefined:
        return false;
      case "catalog:register":
        return who.registers;
      case "catalog:sign":
        return who.signs && resource.stateReason === null;
      case "catalog:publish":
        return who.publishes && !(event === "publish" && who.wasRegistrar);
    }
  });
}

/** What the unit may ask the bureau for; nothing while it waits for an answer. */
export function requestableSteps(resource: Standing, who: ResourceActor): RequestedStep[] {
  const inForce = resource.state === "published" || resource.state === "suspended";
  if (!who.registers || !inForce || resource.requestedStep !== null) return [];
  return keysOf(REQUESTED_STEPS).filter((step) => findTransition(RESOURCE_LIFECYCLE, resource.state, step));
}

export interface NextStep {
  readonly what: string;
  readonly who: string;
  /** @unit workdays */
  readonly remainingWorkdays?: number;
}

/** What comes next with a resource and for whom: what waits for an answer before what is due by the clock. */
export function nextStepOf({
  resource,
  unitName,
  revisionState,
  remaining,
}: {
  readonly resource: Standing;
  readonly unitName: string;
  readonly revisionState: RevisionState | null;
  /** working days until the next update is due */
  readonly remaining: number | null;
}): NextStep | undefined {
  if (resource.state === "draft") {
    return resource.stateReason === null
      ? { what: "单位登记", who: `${unitName}分管领导` }
      : { what: "按退回意见修改", who: `${unitName}填报人` };
  }
  if (resource.state === "registered") return { what: "发布到资源目录", who: "数据局" };
  if (resource.requestedStep !== null)
    return { what: `办理“${REQUESTED_STEPS[resource.requestedStep]}”`, who: "数据局" };
  if (revisionState === "draft") return { what: "登记修订", who: `${unitName}分管领导` };
  if (revisionState === "registered") return { what: "发布修订", who: "数据局" };
  if (resource.state !== "published" || remaining === null) return undefined;
  return { what: "更新数据并登记", who: unitName, remainingWorkdays: remaining };
}
