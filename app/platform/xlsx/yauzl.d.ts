/** The part of the library that is used; it brings no types of its own. */
declare module "yauzl" {
  import type { Readable } from "node:stream";

  export interface Entry {
    /** bytes, because file names are not decoded */
    readonly fileName: Buffer;
    readonly crc32: number;
    readonly compressedSize: number;
    readonly uncompressedSize: number;
    isEncrypted(): boolean;
  }

  export interface ZipFile {
    readonly entryCount: number;
    close(): void;
    eachEntry(): AsyncIterable<Entry>;
    /** The unpacked bytes; fails at the first that exceeds the size in the directory. */
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }

  export function openPromise(path: string, options: { readonly decodeStrings: false }): Promise<ZipFile>;
  export function fromBufferPromise(bytes: Buffer, options: { readonly decodeStrings: false }): Promise<ZipFile>;
}
