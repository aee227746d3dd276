import { redirect } from "@remix-run/node";

import { closeSession } from "~/platform/sessions.server";
import { pageAction, pageLoader } from "~/web/page.server";

export const loader = pageLoader({
  access: "public",
  load: () => Promise.resolve(redirect("/")),
});

export const action = pageAction({
  access: "signedIn",
  run: async ({ ctx, request }) =>
    redirect("/login", {
      headers: {
        "Set-Cookie": await closeSession(ctx.db, request.headers.get("cookie")),
        "Clear-Site-Data": '"cache"',
      },
    }),
});
