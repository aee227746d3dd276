import { runWorkerTask } from "../workers/worker-task.server";
import type { OfficialDocument } from "./official-document.types";

/** The first document of a process also unpacks and parses the fonts. */
const LIMITS = { timeoutMs: 60_000, maxHeapMb: 768 } as const;

/**
 * The document as a PDF file in the layout of GB/T 9704-2012. The same document gives the same bytes. Runs in the PDF
 * worker; documents queue behind each other.
 * @throws WorkerTaskError
 */
export function renderOfficialDocument(document: OfficialDocument): Promise<Uint8Array> {
  return runWorkerTask<Uint8Array>("pdf", document, LIMITS);
}
