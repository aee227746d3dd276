import { comparedName, foldName, searchGrams } from "~/kernel/names";
import { initialsOf } from "~/platform/initials.server";

/** Every column that follows from a project's name and code: written together, so that none is forgotten. */
export function nameColumns(name: string, code: string) {
  const initials = initialsOf(name);
  return {
    name,
    normalizedName: foldName(name),
    comparedName: comparedName(name),
    initials,
    searchGrams: searchGrams(name, code, initials),
  };
}
