import { serveTasks } from "../workers/serve-tasks";
import { loadFonts } from "./fonts.server";
import { drawOfficialDocument } from "./official-document";
import type { PdfTask } from "./pdf-task";
import { drawTableForm } from "./table-form";

serveTasks(async (task: PdfTask) => {
  const fonts = await loadFonts();
  return task.kind === "official" ? drawOfficialDocument(task.document, fonts) : drawTableForm(task.form, fonts);
});
