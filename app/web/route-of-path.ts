import type { ServerBuild } from "@remix-run/node";

type Routes<R> = Readonly<Record<string, R | undefined>>;
interface RouteEntry {
  readonly id: string;
  readonly path?: string | undefined;
  readonly index?: boolean | undefined;
}

/** One segment of the site map: what follows it, and the route that ends here. */
interface Segment {
  readonly next: Map<string, Segment>;
  routeId?: string;
}

const PARAMETER = ":";
const segmentsOf = (path: string): string[] => path.split("/").filter(Boolean);

/**
 * Answers which route an address belongs to, undefined when no route has its shape. Remix tries an address against every
 * route it knows, several times a request; the site map is flat, so a few steps through its segments find the one route,
 * a written segment before a parameter as Remix does.
 */
export function routeFinder(routes: Routes<RouteEntry>): (path: string) => string | undefined {
  const top: Segment = { next: new Map() };
  for (const { id, path = "", index } of Object.values(routes).flatMap((route) => route ?? [])) {
    if (path === "" && !index) continue;
    let at = top;
    for (const name of segmentsOf(path)) {
      const key = name.startsWith(PARAMETER) ? PARAMETER : name;
      const next: Segment = at.next.get(key) ?? { next: new Map() };
      at.next.set(key, next);
      at = next;
    }
    at.routeId = id;
  }
  return (path) => {
    let at: Segment | undefined = top;
    for (const name of segmentsOf(path)) at = at?.next.get(name) ?? at?.next.get(PARAMETER);
    return at?.routeId;
  };
}

/** The build cut down to one route below the root. What the browser gets is the whole manifest: it is a file of its own. */
export function buildOfRoute(build: ServerBuild, id: string): ServerBuild {
  const keep = <R>(routes: Routes<R>): Record<string, R> =>
    Object.fromEntries(
      ["root", id].flatMap((kept) => {
        const route = routes[kept];
        return route === undefined ? [] : [[kept, route] as const];
      }),
    );
  return { ...build, routes: keep(build.routes), assets: { ...build.assets, routes: keep(build.assets.routes) } };
}
