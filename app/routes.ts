import { index, route, type RouteConfig } from "@remix-run/route-config";

/** The site map: every address and the page that answers it. */
export default [
  index("modules/desk/pages/my-work.tsx"),
  route("login", "modules/identity/pages/login.tsx"),
  route("logout", "modules/identity/pages/logout.tsx"),
  route("preferences", "modules/identity/pages/preferences.tsx"),

  route("projects", "modules/projects/pages/projects.tsx"),
  route("projects/new", "modules/projects/pages/new-project.tsx"),
  route("projects/:id", "modules/projects/pages/project.tsx"),
  route("projects/:id/filing/:section", "modules/projects/pages/filing-section.tsx"),
  route("projects/:id/check", "modules/projects/pages/filing-check.tsx"),
  route("projects/:id/review", "modules/projects/pages/review.tsx"),
  route("projects/:id/attachments/:attachmentId", "modules/projects/pages/attachment.tsx"),
  route("projects/:id/reports/:period", "modules/progress/pages/report.tsx"),

  route("funding", "modules/funding/pages/funding.tsx"),
  route("funding/:id", "modules/funding/pages/funding-review.tsx"),

  route("catalog", "modules/catalog/pages/catalog.tsx"),
  route("catalog/import", "modules/catalog/pages/import.tsx"),
  route("catalog/demands", "modules/catalog/pages/demands.tsx"),
  route("catalog/:id", "modules/catalog/pages/resource.tsx"),

  route("systems", "modules/systems/pages/systems.tsx"),
  route("systems/:id", "modules/systems/pages/system.tsx"),
  route("cloud", "modules/systems/pages/cloud.tsx"),

  route("reports", "modules/progress/pages/reports.tsx"),
  route("tasks", "modules/progress/pages/tasks.tsx"),
  route("supervision", "modules/supervision/pages/supervision.tsx"),
  route("supervision/:id", "modules/supervision/pages/item.tsx"),

  route("assessment", "modules/assessment/pages/assessment.tsx"),
  route("ranking", "modules/assessment/pages/ranking.tsx"),
  route("ranking/:period/:unitId", "modules/assessment/pages/score-sheet.tsx"),
  route("ranking/:period/:unitId/:leaf", "modules/assessment/pages/evidence.tsx"),

  route("bulletins", "modules/bulletins/pages/bulletins.tsx"),
  route("bulletins/:id", "modules/bulletins/pages/bulletin.tsx"),
  route("bulletins/:id/pdf", "modules/bulletins/pages/bulletin-pdf.tsx"),
  route("dashboard", "modules/dashboard/pages/dashboard.tsx"),

  route("admin", "modules/administration/pages/admin.tsx"),
  route("audit", "modules/administration/pages/audit.tsx"),
] satisfies RouteConfig;
