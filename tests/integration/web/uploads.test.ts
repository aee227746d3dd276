import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";

import { acceptFile } from "~/platform/files.server";
import { env } from "~/platform/env.server";
import { discardUploads, stagedUpload } from "~/platform/uploads.server";
import { readForm } from "~/web/form.server";

const PDF = new TextEncoder().encode("%PDF-1.4\n%%EOF\n");
const LIMIT = { maxMegabytes: 1 };

const post = (form: FormData) => new Request("http://127.0.0.1/", { method: "POST", body: form });
const left = () => readdir(path.join(env().DATA_DIR, "uploads")).catch(() => []);
const withFiles = (...files: File[]): FormData => {
  const form = new FormData();
  form.append("kind", "application");
  for (const file of files) form.append("file", file);
  return form;
};

describe("uploads of a form", () => {
  it("come through a temporary file, named as they were sent, and are gone once discarded", async () => {
    const before = (await left()).length;
    const form = await readForm(post(withFiles(new File([PDF], "申报书 = 一;稿.pdf"), new File([PDF], "二.pdf"))));
    const files = form.getAll("file").filter((value): value is File => value instanceof File);
    expect(files.map(({ name }) => name)).toEqual(["申报书 = 一;稿.pdf", "二.pdf"]);
    expect(form.get("kind")).toBe("application");
    expect(new Uint8Array(await (files[0] ?? new File([], "")).arrayBuffer())).toEqual(PDF);
    expect(await left()).toHaveLength(before + 2);
    await discardUploads(form.values());
    expect(await left()).toHaveLength(before);
  });

  it("leave nothing behind when the body breaks off, or where no file is taken", async () => {
    const before = (await left()).length;
    const body = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4 and then nothing`;
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    const broken = new Request("http://127.0.0.1/", { method: "POST", headers, body });
    await expect(readForm(broken)).rejects.toMatchObject({ kind: "invalid" });
    const refused = readForm(post(withFiles(new File([PDF], "a.pdf"))), { uploads: false });
    await expect(refused).rejects.toMatchObject({ kind: "invalid" });
    expect(await left()).toHaveLength(before);
  });

  it("refuses more files than a form has", async () => {
    const files = Array.from({ length: 21 }, (_, n) => new File([PDF], `${n}.pdf`));
    await expect(readForm(post(withFiles(...files)))).rejects.toMatchObject({ kind: "invalid" });
  });
});

/** A zip that holds one empty, stored entry. */
function zipWith(entry: string): Uint8Array {
  const name = Buffer.from(entry);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length, 16);
  return Buffer.concat([local, name, central, name, end]);
}

const COMPOUND = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);

describe("acceptFile", () => {
  it.each<[string, string, Uint8Array, string]>([
    ["a PDF", "申报书.pdf", PDF, "application/pdf"],
    ["a PDF whatever it is called", "申报书.docx", PDF, "application/pdf"],
    ["an OFD document", "批复.ofd", zipWith("OFD.xml"), "application/ofd"],
    ["any other zip", "材料.zip", zipWith("a.txt"), "fileTypeNotAllowed"],
    ["an older Word file", "方案.doc", COMPOUND, "application/msword"],
    ["the same container under a foreign name", "安装包.msi", COMPOUND, "fileTypeNotAllowed"],
    ["text that calls itself a PDF", "可研.pdf", new TextEncoder().encode("hello"), "fileTypeNotAllowed"],
    ["nothing", "空.pdf", new Uint8Array(), "fileEmpty"],
    [
      "exactly the largest size",
      "大.pdf",
      Buffer.concat([PDF, Buffer.alloc(1024 * 1024 - PDF.length)]),
      "application/pdf",
    ],
    ["one byte more", "大.pdf", Buffer.concat([PDF, Buffer.alloc(1024 * 1024 - PDF.length + 1)]), "fileTooLarge"],
  ])("%s", async (_name, fileName, bytes, expected) => {
    const file = new File([Buffer.from(bytes)], fileName);
    const result = await acceptFile(file, LIMIT);
    expect(result.ok ? result.value.mediaType : result.refusals[0]?.code).toBe(expected);
    await discardUploads([file]);
  });

  it("knows the digest of what came in", async () => {
    const file = new File([PDF], "a.pdf");
    const { sha256, sizeBytes } = await stagedUpload(file);
    expect([sha256.length, sizeBytes]).toEqual([64, PDF.length]);
    await discardUploads([file]);
  });
});
