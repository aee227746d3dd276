import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type TypedResponse } from "@remix-run/node";
import { z } from "zod";

import { DomainError } from "~/kernel/result";
import { canEver, type Action } from "~/policy";
import type { Ctx } from "~/platform/transaction.server";
import { discardUploads } from "~/platform/uploads.server";

import { ANONYMOUS, sessionOf, timeOf, type RequestContext } from "./context.server";
import { toErrorResponse } from "./errors.server";
import { readForm } from "./form.server";

/** Who may come here: an action of the policy, anyone with a session, or everybody. Written on every route. */
export type Access = Action | "signedIn" | "public";

type Params = z.ZodType<Record<string, unknown>>;
type ParamsOf<P extends Params | undefined> = P extends Params ? z.infer<P> : Record<never, never>;

interface PageInput<P extends Params | undefined> {
  readonly ctx: Ctx;
  readonly params: ParamsOf<P>;
  readonly query: URLSearchParams;
  readonly request: Request;
  readonly context: RequestContext;
}

interface Declared {
  readonly access: Access;
}

/** A uuid in a URL; anything else is a page that does not exist. */
export const idParams = z.object({ id: z.uuid() });

/**
 * Wraps a page's loader: session → access → parameters → load → JSON. Without a session it leads to the log-in; without
 * the permission it answers 403; what the loader throws as DomainError becomes its status.
 */
export function pageLoader<T, P extends Params | undefined = undefined>(spec: {
  access: Access;
  params?: P;
  load: (input: PageInput<P>) => Promise<T>;
}): ((args: LoaderFunctionArgs) => Promise<TypedResponse<T>>) & Declared {
  const loader = async ({ request, params, context }: LoaderFunctionArgs) => {
    try {
      const input = await enter(spec.access, spec.params, { request, params, context });
      const data = await spec.load(input.page);
      if (data instanceof Response) return data as TypedResponse<T>;
      return asJson(data, input.headers);
    } catch (error) {
      throw toErrorResponse(error, context.requestId);
    }
  };
  return Object.assign(loader, { access: spec.access });
}

/** The answer of a loader. Remix reads it back at once: the text is at hand, so no stream is opened for it. */
function asJson<T>(data: T, headers: HeadersInit | undefined): TypedResponse<T> {
  const text = JSON.stringify(data);
  const response = new Response(text, headers ? { headers } : {});
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  return Object.assign(response, { json: () => Promise.resolve(JSON.parse(text) as T) });
}

/** Wraps a page's action likewise; `run` gets the parsed form and answers with a redirect or a form reply. */
export function pageAction<T extends Response, P extends Params | undefined = undefined>(spec: {
  access: Access;
  params?: P;
  run: (input: PageInput<P> & { form: FormData }) => Promise<T>;
}): ((args: ActionFunctionArgs) => Promise<T>) & Declared {
  const action = async ({ request, params, context }: ActionFunctionArgs) => {
    try {
      const input = await enter(spec.access, spec.params, { request, params, context });
      const form = await readForm(request, { uploads: spec.access !== "public" });
      try {
        return await spec.run({ ...input.page, form });
      } finally {
        await discardUploads(form.values());
      }
    } catch (error) {
      throw toErrorResponse(error, context.requestId);
    }
  };
  return Object.assign(action, { access: spec.access });
}

async function enter<P extends Params | undefined>(
  access: Access,
  paramsSchema: P | undefined,
  { request, params, context }: { request: Request; params: unknown; context: RequestContext },
): Promise<{ page: PageInput<P>; headers: HeadersInit | undefined }> {
  const [session, time] = await Promise.all([sessionOf(context, request), timeOf(context)]);
  const url = new URL(request.url);
  if (access !== "public") {
    if (!session) throw redirect(`/login?next=${encodeURIComponent(url.pathname + url.search)}`);
    if (access !== "signedIn" && !canEver(session.actor, access)) throw new DomainError("forbidden", access);
  }
  const parsed = paramsSchema?.safeParse(params);
  if (parsed && !parsed.success) throw new DomainError("notFound", "page");
  return {
    page: {
      ctx: {
        db: context.db,
        actor: session?.actor ?? ANONYMOUS,
        now: time.now,
        today: time.today,
        requestId: context.requestId,
        address: context.address,
      },
      params: (parsed?.data ?? {}) as ParamsOf<P>,
      query: url.searchParams,
      request,
      context,
    },
    headers: session?.cookie ? { "Set-Cookie": session.cookie } : undefined,
  };
}
