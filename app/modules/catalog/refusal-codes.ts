import type { ResourceRefusalCode } from "./resource.rules";

/** Why a request to the bureau is not taken. */
export type RequestRefusalCode = "notInThisState" | "reasonGiven" | "alreadyRequested";

/** Why the draft of a further edition is not taken. */
export type SaveRevisionRefusal =
  ResourceRefusalCode | "notInThisState" | "revisionUnderWay" | "categoryFixed" | "nothingChanged";

/** Why an error report is not taken. */
export type ReportRefusalCode = "notInThisState" | "itemUnknown" | "reportedAlready";
