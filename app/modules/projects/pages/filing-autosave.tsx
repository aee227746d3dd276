import { json, redirect } from "@remix-run/node";
import { z } from "zod";

import { keysOf } from "~/kernel/vocabulary";
import { pageAction, pageLoader } from "~/web/page.server";

import { FILING_SECTIONS } from "../filing.types";
import { autosaveSection } from "./section-actions.server";

const STATUS = { conflict: 409, refused: 422, invalid: 422 } as const;

const params = z.object({ id: z.uuid(), section: z.enum(keysOf(FILING_SECTIONS)) });

/** Nothing to read here: whoever comes by the address is led to the section itself. */
export const loader = pageLoader({
  access: "project:draft",
  params,
  load: ({ params: { id, section } }) => Promise.resolve(redirect(`/projects/${id}/filing/${section}`)),
});

/** Saves what is being typed, asked by the script of a section's page. */
export const action = pageAction({
  access: "project:draft",
  params,
  run: async ({ ctx, params: { id, section }, form }) => {
    const reply = await autosaveSection(section, { ctx, projectId: id, form });
    return json(reply, { status: reply.saved ? 200 : STATUS[reply.why] });
  },
});
