import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { formatInstant } from "~/kernel/local-date";
import { isConflict } from "~/kernel/result";
import { DELIVERY_OCCASIONS, DELIVERY_STATES } from "~/kernel/vocabulary";
import { can } from "~/policy";
import {
  ConfirmSubmit,
  DescriptionList,
  ErrorSummary,
  Notice,
  PageHead,
  Section,
  SideLayout,
  StatusTag,
  Timeline,
} from "~/ui";
import { crumbs } from "~/web/crumbs";
import { invalid, parseForm, refused, type FormReply } from "~/web/form.server";
import { idParams, pageAction, pageLoader } from "~/web/page.server";

import { platformHost } from "../catalog-platform.server";
import { readDelivery } from "../deliveries.queries.server";
import { DELIVERY_EVENT_FACTS, DELIVERY_EVENTS } from "../delivery.lifecycle";
import { sayDeliveryRefusal } from "../delivery.refusals";
import { resendSchema } from "../delivery.schema";
import { deliveryTone, outcomeWords } from "../delivery.words";
import { resendDelivery } from "../resend-delivery.server";
import { AttemptsTable } from "../ui/AttemptsTable";
import { PayloadTables } from "../ui/PayloadTables";
import { PlatformNotice } from "../ui/PlatformNotice";

export const handle = crumbs<Loaded>(({ project, delivery }) => [
  { label: "资源目录", href: "/catalog" },
  { label: "目录交付", href: "/catalog/deliveries" },
  { label: `${project.name}（第 ${delivery.number} 次）` },
]);

export const loader = pageLoader({
  access: "delivery:read",
  params: idParams,
  load: async ({ ctx, params, query }) => {
    const detail = await readDelivery(ctx.db, ctx.actor, params.id);
    return {
      ...detail,
      host: platformHost() ?? null,
      resent: query.has("resent"),
      mayResend: detail.delivery.state === "dead" && can(ctx.actor, "delivery:resend", detail.project),
    };
  },
});

export const action = pageAction({
  access: "delivery:resend",
  params: idParams,
  run: async ({ ctx, params, form }) => {
    const submission = parseForm(form, resendSchema);
    if (submission.status !== "success") return invalid(submission);
    try {
      const result = await resendDelivery(ctx, { id: params.id, ...submission.value });
      if (result.ok) return redirect(`/catalog/deliveries/${params.id}?resent`);
      return refused(submission, result.refusals, sayDeliveryRefusal);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const formErrors = ["该交付刚刚有了新的变动，请核对最新状态后再办理。"];
      return json<FormReply>({ form: submission.reply({ formErrors }) }, { status: 409 });
    }
  },
});

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function DeliveryPage() {
  const data = useLoaderData<typeof loader>();
  const reply = useActionData<FormReply>();
  const { delivery, project, payload } = data;
  return (
    <>
      <PageHead
        title={`${project.name}（第 ${delivery.number} 次交付）`}
        code={delivery.projectCode}
        status={<StatusTag tone={deliveryTone(delivery.state)}>{DELIVERY_STATES[delivery.state]}</StatusTag>}
        meta={
          <span>
            {data.unitName} · <a href={`/projects/${project.id}`}>查看项目</a>
          </span>
        }
        next={nextOf(data)}
      />
      {data.host === null && delivery.state !== "delivered" && <PlatformNotice host={null} />}
      {data.resent && delivery.state === "waiting" && (
        <Notice tone="good" title="已重新排队">
          内容和交付编号不变，目录平台若已收到过，不会重复入库。
        </Notice>
      )}
      <ErrorSummary errors={(reply?.form.error?.[""] ?? []).map((message) => ({ message }))} />
      {data.earlier && (
        <Notice tone={data.earlier.state === "dead" ? "warn" : "info"} title="按次序等待">
          <a href={`/catalog/deliveries/${data.earlier.id}`}>第 {data.earlier.number} 次交付</a>（
          {DELIVERY_STATES[data.earlier.state]}）送达后才发送这一次。
        </Notice>
      )}
      {delivery.state === "dead" && <Dead data={data} />}
      <SideLayout sideLabel="办理过程" side={<History data={data} />}>
        <Section title="交付情况">
          <DescriptionList
            columns={2}
            items={[
              { term: "起因", detail: DELIVERY_OCCASIONS[delivery.occasion] },
              { term: "生成时间", detail: formatInstant(new Date(delivery.createdAt)) },
              { term: "送达时间", detail: delivery.deliveredAt && formatInstant(new Date(delivery.deliveredAt)) },
              { term: "发送次数", detail: data.attempts.length },
              { term: "交付编号", detail: <code className="break-all">{delivery.id}</code>, wide: true },
              { term: "内容摘要值", detail: <code className="break-all">SM3 {delivery.digest}</code>, wide: true },
              {
                term: "平台应答",
                detail: delivery.answer && <span className="break-all">{delivery.answer}</span>,
                wide: true,
              },
            ]}
          />
        </Section>
        <PayloadTables payload={payload} />
        <Section title="发送记录" flush>
          <AttemptsTable attempts={data.attempts} beingSent={delivery.leasedUntil !== null} />
        </Section>
        <Section title="发送内容原文" note="发给目录平台的 JSON，一字不差">
          <details>
            <summary className="cursor-pointer text-primary">展开查看</summary>
            <pre className="mt-2 whitespace-pre-wrap break-all text-xs">{data.sent}</pre>
          </details>
        </Section>
      </SideLayout>
    </>
  );
}

/** What the last answer was, and the button that sends it again. */
function Dead({ data: { delivery, attempts, mayResend } }: { readonly data: Loaded }) {
  return (
    <Notice tone="bad" title={`已发送 ${attempts.length} 次未送达，停止自动重试`}>
      <p>最近一次：{outcomeWords({ status: delivery.lastStatus, error: delivery.lastError })}</p>
      {delivery.answer && <p className="break-all">平台应答：{delivery.answer}</p>}
      {mayResend && (
        <form method="post" className="mt-2">
          <input type="hidden" name="version" value={delivery.version} />
          <ConfirmSubmit
            title="重新发送这次交付？"
            consequence="请先与目录平台核对原因。内容和交付编号不变，平台若已收到过，不会重复入库。"
            confirmLabel="重新发送"
          >
            重新发送
          </ConfirmSubmit>
        </form>
      )}
    </Notice>
  );
}

const EVENT_WORDS: ReadonlyMap<string, string> = new Map([
  ["deliveryQueued", "生成交付"],
  ...(Object.keys(DELIVERY_EVENT_FACTS) as (keyof typeof DELIVERY_EVENT_FACTS)[]).map(
    (event) => [DELIVERY_EVENT_FACTS[event], DELIVERY_EVENTS[event]] as const,
  ),
]);

function History({ data: { events } }: { readonly data: Loaded }) {
  return (
    <Section title="办理过程">
      <Timeline
        entries={events.map((event) => ({
          key: event.id,
          what: EVENT_WORDS.get(event.type) ?? "其他",
          who: `${event.unitName} ${event.actorName}`,
          when: formatInstant(new Date(event.at)),
        }))}
      />
    </Section>
  );
}

function nextOf({ delivery, host, earlier }: Loaded) {
  switch (delivery.state) {
    case "delivered":
      return undefined;
    case "dead":
      return { what: "查明原因后重新发送", who: "数据局" };
    case "waiting":
    case "retrying":
      if (earlier) return { what: "等前一次送达", who: "系统自动" };
      return host === null
        ? { what: "配置目录平台地址", who: "系统管理员" }
        : { what: delivery.state === "waiting" ? "发送" : "重试发送", who: "系统自动" };
  }
}
