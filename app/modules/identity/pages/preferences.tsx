import { redirect } from "@remix-run/node";

import { pageAction, pageLoader } from "~/web/page.server";
import { rememberType } from "~/web/preferences.server";

export const loader = pageLoader({
  access: "public",
  load: () => Promise.resolve(redirect("/")),
});

/** Switches the large-type edition and returns to the page the reader came from. */
export const action = pageAction({
  access: "public",
  run: ({ form }) => {
    const returnTo = form.get("returnTo");
    const path = typeof returnTo === "string" && /^\/(?![/\\])/.test(returnTo) ? returnTo : "/";
    return Promise.resolve(redirect(path, { headers: { "Set-Cookie": rememberType(form.get("largeType") === "on") } }));
  },
});
