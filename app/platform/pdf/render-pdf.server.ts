import { runWorkerTask } from "../workers/worker-task.server";
import type { OfficialDocument } from "./official-document.types";
import type { PdfTask } from "./pdf-task";
import type { TableForm } from "./table-form.types";

/** The first document of a process also unpacks and parses the fonts. */
const LIMITS = { timeoutMs: 60_000, maxHeapMb: 768 } as const;

const render = (task: PdfTask): Promise<Uint8Array> => runWorkerTask<Uint8Array>("pdf", task, LIMITS);

/**
 * The document as a PDF file in the layout of GB/T 9704-2012. The same document gives the same bytes. Runs in the PDF
 * worker; documents queue behind each other.
 * @throws WorkerTaskError
 */
export const renderOfficialDocument = (document: OfficialDocument): Promise<Uint8Array> =>
  render({ kind: "official", document });

/**
 * A list as a printed form, A4 across: title, who and when, the table with its header on every page. The same form gives
 * the same bytes.
 * @throws WorkerTaskError
 */
export const renderTableForm = (form: TableForm): Promise<Uint8Array> => render({ kind: "tableForm", form });
