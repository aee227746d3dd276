import { redirect } from "@remix-run/node";
import type { z } from "zod";

import { DomainError, type Result } from "~/kernel/result";
import { keysOf } from "~/kernel/vocabulary";
import type { Ctx } from "~/platform/transaction.server";
import { invalid, parseForm, refused } from "~/web/form.server";

import { abandonResource } from "../abandon-resource.server";
import { sayCatalogRefusal, type CatalogRefusalCode } from "../catalog.refusals";
import { connectResource } from "../connection/connect-resource.server";
import { connectSchema, testSchema } from "../connection/connection.schema";
import { disconnectResource } from "../connection/disconnect-resource.server";
import { testConnection } from "../connection/test-connection.server";
import { reportCorrection } from "../correction/report-correction.server";
import { declineRequest } from "../decline-request.server";
import { declineResource } from "../decline-resource.server";
import { publishResource } from "../publish-resource.server";
import { recordUpdate } from "../record-update.server";
import { registerResource } from "../register-resource.server";
import { requestStep } from "../request-step.server";
import { reportSchema, requestSchema, stepSchema, updateSchema } from "../resource.schema";
import { resumeResource } from "../resume-resource.server";
import { declineRevision } from "../revision/decline-revision.server";
import { dropRevision } from "../revision/drop-revision.server";
import { publishRevision } from "../revision/publish-revision.server";
import { registerRevision } from "../revision/register-revision.server";
import { sendBackRevision } from "../revision/send-back-revision.server";
import { sendBackResource } from "../send-back-resource.server";
import { suspendResource } from "../suspend-resource.server";
import { withdrawResource } from "../withdraw-resource.server";

interface Step {
  readonly version: number;
  readonly reason: string;
}
type Verb = (ctx: Ctx, id: string, step: Step) => Promise<Result<unknown, CatalogRefusalCode>>;

/** The steps that a button takes, with or without words. */
const STEPS = {
  register: (ctx, id, step) => registerResource(ctx, { id, ...step }),
  sendBack: (ctx, id, step) => sendBackResource(ctx, { id, ...step }),
  abandon: (ctx, id, step) => abandonResource(ctx, { id, ...step }),
  publish: (ctx, id, step) => publishResource(ctx, { id, ...step }),
  decline: (ctx, id, step) => declineResource(ctx, { id, ...step }),
  suspend: (ctx, id, step) => suspendResource(ctx, { id, ...step }),
  resume: (ctx, id, step) => resumeResource(ctx, { id, ...step }),
  withdraw: (ctx, id, step) => withdrawResource(ctx, { id, ...step }),
  declineRequest: (ctx, id, step) => declineRequest(ctx, { id, ...step }),
  registerRevision: (ctx, id, step) => registerRevision(ctx, { resourceId: id, ...step }),
  sendBackRevision: (ctx, id, step) => sendBackRevision(ctx, { resourceId: id, ...step }),
  publishRevision: (ctx, id, step) => publishRevision(ctx, { resourceId: id, ...step }),
  declineRevision: (ctx, id, step) => declineRevision(ctx, { resourceId: id, ...step }),
  dropRevision: (ctx, id, step) => dropRevision(ctx, { resourceId: id, ...step }),
} as const satisfies Record<string, Verb>;

const STEP_NAMES = Object.fromEntries(Object.keys(STEPS).map((name) => [name, name])) as Record<
  keyof typeof STEPS,
  string
>;

/**
 * What a form on a resource's page posts: parsed, done by its one verb, answered.
 * @throws DomainError as the verbs do; invalid when no form of ours was sent
 */
export async function answerStep(ctx: Ctx, id: string, form: FormData) {
  const intent = form.get("intent");
  switch (intent) {
    case "request":
      return enter(form, requestSchema, `/catalog/${id}`, (input) => requestStep(ctx, { id, ...input }));
    case "recordUpdate":
      return enter(form, updateSchema, `/catalog/${id}?tab=updates&done=updated`, ({ version, ...update }) =>
        recordUpdate(ctx, { id, version }, update),
      );
    case "report":
      return enter(form, reportSchema, `/catalog/${id}?tab=corrections&done=reported`, (input) =>
        reportCorrection(ctx, id, input),
      );
    case "connect":
      return enter(form, connectSchema, connections(id), ({ version, ...input }) =>
        connectResource(ctx, { id, version }, input),
      );
    case "test":
      return enter(form, testSchema, connections(id), ({ version, ...input }) =>
        testConnection(ctx, { id, version }, input),
      );
    case "disconnect":
      return enter(form, stepSchema, connections(id), ({ version, reason }) =>
        disconnectResource(ctx, { id, version }, { reason }),
      );
    default: {
      const step = keysOf(STEP_NAMES).find((name) => name === intent);
      if (!step) throw new DomainError("invalid", "malformedForm");
      return enter(form, stepSchema, `/catalog/${id}`, (input) => STEPS[step](ctx, id, input));
    }
  }
}

const connections = (id: string): string => `/catalog/${id}?tab=connection`;

async function enter<S extends z.ZodType>(
  form: FormData,
  schema: S,
  back: string,
  verb: (input: z.output<S>) => Promise<Result<unknown, CatalogRefusalCode>>,
) {
  const submission = parseForm(form, schema);
  if (submission.status !== "success") return invalid(submission);
  const result = await verb(submission.value);
  return result.ok ? redirect(back) : refused(submission, result.refusals, sayCatalogRefusal);
}
