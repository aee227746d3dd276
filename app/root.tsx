import type { LinksFunction, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { useContext, type ReactNode } from "react";

import { localDate } from "~/kernel/local-date";
import { AppShell, ErrorPage } from "~/ui";

import { menuFor } from "./menu";
import { roleWords } from "./modules/identity";
import styles from "./tailwind.css?url";
import type { CrumbHandle } from "./web/crumbs";
import type { ErrorBody } from "./web/error-body";
import { Nonce } from "./web/nonce";
import { sessionOf, timeOf } from "./web/context.server";
import { pageLoader } from "./web/page.server";
import { wantsLargeType } from "./web/preferences.server";

/** A round bright mirror: drawn here, so that no request is spent on it. */
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1d4f91"/><circle cx="16" cy="16" r="9" fill="none" stroke="#fff" stroke-width="3"/></svg>')}`;

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: styles },
  { rel: "icon", type: "image/svg+xml", href: ICON },
];
export const meta: MetaFunction = () => [{ title: "明镜 · 政务信息化项目治理与绩效评价系统" }];

export const loader = pageLoader({
  access: "public",
  load: async ({ context, request }) => {
    const [session, time] = await Promise.all([sessionOf(context, request), timeOf(context)]);
    return {
      actor: session?.actor ?? null,
      today: time.today,
      demonstration: time.demonstration,
      largeType: wantsLargeType(request),
    };
  },
});

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(Nonce);
  return (
    <html lang="zh-CN" data-size={data?.largeType ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const { pathname, search } = useLocation();
  const crumbs = useMatches().flatMap(
    (match) => (match.handle as CrumbHandle | undefined)?.crumbs(match.data ?? null) ?? [],
  );
  if (!data?.actor) return <>{children}</>;
  const { actor } = data;
  return (
    <AppShell
      product="明镜"
      today={localDate(data.today)}
      demoNotice={data.demonstration ? "演示环境：数据为演示而编制，金额均为虚构。" : undefined}
      user={{
        name: actor.name,
        unit: actor.unitName,
        roleLabel: roleWords(actor),
      }}
      nav={menuFor(actor, pathname)}
      breadcrumb={crumbs}
      largeType={data.largeType}
      currentPath={pathname + search}
    >
      {children}
    </AppShell>
  );
}

export default function Root() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

const WORDS: Readonly<Record<ErrorBody["kind"], { title: string; explanation: string; whatToDo: string }>> = {
  notFound: {
    title: "没有找到",
    explanation: "这个页面或记录不存在，或不在您的权限范围内。",
    whatToDo: "请从左侧菜单重新进入；如果是别人发来的链接，请向对方确认。",
  },
  forbidden: {
    title: "没有权限",
    explanation: "您的岗位不能进行这项操作。",
    whatToDo: "如确需办理，请联系本单位分管领导或系统管理员调整岗位。",
  },
  conflict: {
    title: "内容已被他人更新",
    explanation: "在您打开这个页面之后，别人已经作了修改，您的操作没有保存。",
    whatToDo: "请返回上一页刷新，核对最新内容后重新办理。",
  },
  invalid: {
    title: "提交的内容无法识别",
    explanation: "请求格式有误，或上传的文件过大。",
    whatToDo: "请返回上一页重新提交；文件请控制在 20 MB 以内。",
  },
  busy: {
    title: "系统繁忙",
    explanation: "数据库暂时没有响应，您的操作没有保存。",
    whatToDo: "请等待几秒后重试，已填写的内容可用浏览器后退键找回。",
  },
  broken: {
    title: "系统出错了",
    explanation: "您的操作没有完成，系统已记录这次故障。",
    whatToDo: "请稍后重试；仍不成功时，请把参考编号告诉管理员。",
  },
};

export function ErrorBoundary() {
  const error = useRouteError();
  const body = isRouteErrorResponse(error) ? (error.data as Partial<ErrorBody> | undefined) : undefined;
  const kind = body?.kind ?? (isRouteErrorResponse(error) && error.status === 404 ? "notFound" : "broken");
  return (
    <Shell>
      <ErrorPage {...WORDS[kind]} reference={body?.requestId} />
    </Shell>
  );
}
