export interface Download {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly mediaType: string;
}

/** A file as a response; the name may be Chinese (RFC 5987), and the browser never guesses the type. */
export function fileResponse(
  { bytes, name, mediaType }: Download,
  disposition: "attachment" | "inline" = "attachment",
): Response {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return new Response(Buffer.from(bytes), {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": `${disposition}; filename*=UTF-8''${encoded}`,
      "Content-Length": String(bytes.length),
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    },
  });
}
