/** The words of a lifecycle's events under the names by which they are recorded. */
export const eventWords = <Event extends string>(
  words: Readonly<Record<Event, string>>,
  facts: Readonly<Record<Event, string>>,
): Record<string, string> =>
  Object.fromEntries((Object.keys(words) as Event[]).map((event) => [facts[event], words[event]]));
