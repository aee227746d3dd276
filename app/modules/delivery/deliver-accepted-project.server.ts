import type { Transaction } from "@db/client";
import { publishProjectEntries } from "~/modules/catalog/index.server";
import type { Project } from "~/modules/projects/index.server";
import { registerProjectSystem } from "~/modules/systems/index.server";
import type { Ctx } from "~/platform/transaction.server";

import { queueDelivery } from "./queue-delivery.server";

/**
 * What a passed final acceptance brings about in our own registry and at the catalog platform, all in the act's own
 * transaction: the project's registered entries are published, its system stands in the inventory, and the first delivery
 * waits to be sent. Nothing is typed twice. The caller holds the project's row; doing it again changes nothing.
 * @throws DomainError forbidden
 * @source domain.md §2
 */
export async function deliverAcceptedProject(tx: Transaction, ctx: Ctx, project: Project): Promise<void> {
  await publishProjectEntries(tx, ctx, project.id);
  await registerProjectSystem(tx, ctx, project);
  await queueDelivery(tx, ctx, project, { occasion: "accepted", action: "acceptance:decide" });
}
