import { Readable } from "node:stream";

interface Named {
  readonly name: string;
  readonly mediaType: string;
}

/** What is sent: bytes at hand, or a stored file that is read while it is sent. */
export type Download = Named &
  ({ readonly bytes: Uint8Array } | { readonly stream: Readable; readonly sizeBytes: number });

/** A file as a response; the name may be Chinese (RFC 5987), and the browser never guesses the type. */
export function fileResponse(download: Download, disposition: "attachment" | "inline" = "attachment"): Response {
  const { name, mediaType } = download;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const [body, length] =
    "bytes" in download
      ? [Buffer.from(download.bytes), download.bytes.length]
      : [Readable.toWeb(download.stream) as ReadableStream, download.sizeBytes];
  return new Response(body, {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": `${disposition}; filename*=UTF-8''${encoded}`,
      "Content-Length": String(length),
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
