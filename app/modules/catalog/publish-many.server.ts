import { inArray } from "drizzle-orm";

import { resources } from "@db/schema";
import { DomainError } from "~/kernel/result";
import type { Ctx } from "~/platform/transaction.server";

import { sayCatalogRefusal } from "./catalog.refusals";
import type { ResourceRef } from "./load-resource.server";
import { publishResource } from "./publish-resource.server";

/** What became of entries that were to be published together. */
export interface PublishOutcome {
  readonly published: number;
  readonly refused: readonly { readonly id: string; readonly name: string; readonly reason: string }[];
}

/**
 * Publishes entries one by one, each by the rules and in the transaction of publishing one: what is refused does not keep
 * the others back.
 * @throws DomainError forbidden
 */
export async function publishMany(ctx: Ctx, chosen: readonly ResourceRef[]): Promise<PublishOutcome> {
  const names = await namesOf(ctx, chosen);
  let published = 0;
  const refused: PublishOutcome["refused"][number][] = [];
  for (const ref of chosen) {
    const reason = await publishOne(ctx, ref);
    if (reason === undefined) published++;
    else refused.push({ id: ref.id, name: names.get(ref.id) ?? "资源", reason });
  }
  return { published, refused };
}

/** Why it was not published, in words; undefined when it was. */
async function publishOne(ctx: Ctx, ref: ResourceRef): Promise<string | undefined> {
  try {
    const result = await publishResource(ctx, ref);
    return result.ok ? undefined : result.refusals.map(sayCatalogRefusal).join("");
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind === "forbidden") throw error;
    return error.kind === "conflict" ? "刚刚被其他人修改过，请核对后再发布。" : "该资源已不可见，请刷新页面。";
  }
}

async function namesOf(ctx: Ctx, chosen: readonly ResourceRef[]): Promise<Map<string, string>> {
  if (chosen.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: resources.id, name: resources.name })
    .from(resources)
    .where(
      inArray(
        resources.id,
        chosen.map(({ id }) => id),
      ),
    );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
