import { serveTasks } from "../workers/serve-tasks";
import { loadFonts } from "./fonts.server";
import { drawOfficialDocument } from "./official-document";
import type { OfficialDocument } from "./official-document.types";

serveTasks(async (document: OfficialDocument) => drawOfficialDocument(document, await loadFonts()));
