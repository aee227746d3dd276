import { accept, refuse, type Result } from "~/kernel/result";
import { initialsOf } from "~/platform/initials.server";
import { inTransaction, record, type Ctx } from "~/platform/transaction.server";
import { authorize } from "~/policy";

import { holdMatter, matterFacts, touchMatter } from "./load-matter.server";
import { factChanges, type MatterFacts } from "./matter-facts";
import { splitTags, type EditMatterInput } from "./matter.schema";
import { takenBy } from "./names-taken.server";
import { holdNumbering } from "./numbering.server";

type Code = "codeTaken" | "nameTaken" | "nothingChanged" | "matterIsAbolished";

/**
 * Corrects what is said of a matter; an empty code keeps the one it has. The history keeps each changed fact in words.
 * Refuses with codeTaken, nameTaken, nothingChanged, matterIsAbolished.
 * @throws DomainError notFound, forbidden, conflict
 */
export async function editMatter(ctx: Ctx, id: string, input: EditMatterInput): Promise<Result<null, Code>> {
  return inTransaction<null, Code>(ctx, async (tx) => {
    const before = await holdMatter(tx, ctx, { id, version: input.version });
    authorize(ctx.actor, "matter:edit", before);
    if (before.state === "abolished") return refuse({ code: "matterIsAbolished" });
    const facts: MatterFacts = {
      code: input.code || before.code,
      name: input.name,
      type: input.type,
      online: input.online,
      yearlyCases: input.yearlyCases,
      tags: splitTags(input.tags),
    };
    const changes = factChanges(before, facts);
    if (changes.length === 0) return refuse({ code: "nothingChanged" });
    await holdNumbering(tx, "SX", before.regionId);
    const taken = await takenBy(tx, { ...before, code: facts.code, name: facts.name }, id);
    if (taken.length > 0) return refuse(...taken);
    const after = await touchMatter(tx, ctx, before, { ...facts, initials: initialsOf(facts.name) });
    await record(tx, ctx, {
      action: "matter:edit",
      event: "matterEdited",
      object: { type: "matter", id, regionId: before.regionId },
      before,
      after,
      payload: { ...matterFacts(after), changes, changed: changes.map(({ title }) => title) },
    });
    return accept(null);
  });
}
