/** A page's way back, as its `handle`: `export const handle = crumbs<typeof loader>((data) => [...])`. */
export interface CrumbHandle {
  readonly crumbs: (data: unknown) => readonly Crumb[];
}

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Types a page's crumbs by its loader's data. */
export function crumbs<Data = unknown>(make: (data: Data) => readonly Crumb[]): CrumbHandle {
  // A page that failed to load has no data; its crumbs are left out rather than half known.
  return { crumbs: (data) => (data === undefined || data === null ? [] : make(data as Data)) };
}
