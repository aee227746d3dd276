/** Where what an event was about is shown; undefined when it has no page of its own. */
export function addressOf(subject: {
  readonly type: string;
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
}): string | undefined {
  const { type, id, payload } = subject;
  switch (type) {
    case "project":
      return `/projects/${id}`;
    case "report":
      return typeof payload.projectId === "string" && typeof payload.period === "string"
        ? `/projects/${payload.projectId}/reports/${payload.period}`
        : undefined;
    case "resource":
      return `/catalog/${id}`;
    case "correction":
      return `/catalog/corrections/${id}`;
    case "system":
      return `/systems/${id}`;
    case "inventoryConfirmation":
      return typeof payload.unitId === "string" ? `/systems/confirmation/${payload.unitId}` : "/systems/confirmation";
    case "scopeDecision":
      return `/cloud/scope/${id}`;
    case "cloudBatch":
      return `/cloud/batches/${id}`;
    case "matter":
      return `/matters/${id}`;
    case "material":
      return `/matters/materials/${id}`;
    case "bulletin":
      return `/bulletins/${id}`;
    case "coordinationMatter":
      return `/coordination/${id}`;
    case "supervisionItem":
      return `/supervision/${id}`;
    case "supervisionTalk":
      return `/supervision/talks/${id}`;
    case "assessmentPeriod":
      return typeof payload.period === "string" ? `/ranking?period=${payload.period}` : undefined;
    case "demand":
      return `/catalog/demands/${id}`;
    case "expertOpinion":
      return `/opinions/${id}`;
    case "expertPanel":
      return typeof payload.projectId === "string" ? `/projects/${payload.projectId}/panel` : undefined;
    case "delegation":
      return "/delegations";
    case "acceptance":
    case "acceptanceExtension":
      return typeof payload.projectId === "string" ? `/projects/${payload.projectId}/acceptance` : undefined;
    case "change":
      return `/changes/${id}`;
    case "delivery":
      return `/catalog/deliveries/${id}`;
    case "fundingPlan":
      return `/funding/plan/${id}`;
    case "contract":
    case "contractChange":
    case "arrival":
    case "payment":
      return `/funding/entries/${type}/${id}`;
    case "securityTest":
      return `/security/tests/${id}`;
    case "component":
      return typeof payload.code === "string" ? `/components/${payload.code}` : undefined;
    case "ruleFigure":
      return typeof payload.code === "string" ? `/admin/figures/${payload.code}` : undefined;
    case "intakeSheet":
      return typeof payload.kind === "string" ? `/intake/${payload.kind}/${id}` : undefined;
    case "calendarList":
    case "calendarDay":
      return "/calendar";
    case "task":
      return `/tasks/${id}`;
    case "taskPlan":
      // an import that was thrown away has no page of its own
      return "/tasks/plans";
    default:
      return undefined;
  }
}
