import type { ServerBuild } from "@remix-run/node";

/** The part of the site an address belongs to: its first segment. */
export const sectionOf = (path: string): string => path.split("/", 2)[1] ?? "";

/**
 * The build cut down to one section of the site. Remix tries the address against every route it knows, several times a
 * request; the site map is flat, so a page needs the routes of its own section only. An address of no section keeps the
 * whole site, which answers it with 404.
 */
export function buildOfSection(build: ServerBuild, section: string): ServerBuild {
  const belongs = ({ id, path }: { readonly id: string; readonly path?: string | undefined }) =>
    id === "root" || sectionOf(`/${path ?? ""}`) === section;
  const keep = <R extends { readonly id: string; readonly path?: string | undefined }>(routes: Record<string, R>) =>
    Object.fromEntries(Object.entries(routes).filter(([, route]) => belongs(route)));
  const routes = keep(build.routes as Record<string, NonNullable<ServerBuild["routes"][string]>>);
  if (Object.keys(routes).length <= 1) return build;
  type AssetRoute = NonNullable<ServerBuild["assets"]["routes"][string]>;
  return {
    ...build,
    routes,
    // What the browser gets is the whole manifest: it is a file of its own.
    assets: { ...build.assets, routes: keep(build.assets.routes as Record<string, AssetRoute>) },
  };
}
