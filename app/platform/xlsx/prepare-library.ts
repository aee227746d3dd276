import * as zlib from "node:zlib";
import * as XLSX from "xlsx";

/** Makes the library fit for a worker thread; once in each. */
export function prepareLibrary(): void {
  // The library prints a line for each record it does not know: a broken upload must not fill the log.
  Object.assign(console, { error: () => undefined });

  // Its own deflate packs to four times the size. Handed Node's, it first asks that for a property under an old name.
  Object.assign(process, { noDeprecation: true });
  (XLSX.CFB as { readonly utils: { use_zlib(library: typeof zlib): void } }).utils.use_zlib(zlib);
}
