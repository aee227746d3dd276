import type { NextFunction, Request, RequestHandler, Response } from "express";
import helmet from "helmet";
import { randomBytes } from "node:crypto";

import { newId } from "../ids.server";

/** Largest body of any request: several uploads and their form. They are never held in memory. @unit bytes */
const MAX_BODY_BYTES = 102 * 1024 * 1024;
const METHODS = new Set(["GET", "HEAD", "POST"]);

/** Gives each request its number and its CSP nonce. */
export const withRequestIds: RequestHandler = (_request, response, next) => {
  response.locals.requestId = newId();
  response.locals.nonce = randomBytes(16).toString("base64");
  response.setHeader("X-Request-Id", response.locals.requestId as string);
  next();
};

/** Security headers with a nonce CSP. `same-origin` referrers: without, forms without JavaScript send `Origin: null`. */
export function securityHeaders({ development }: { development: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: true,
      directives: {
        "script-src": ["'self'", (_request, response) => `'nonce-${(response as Response).locals.nonce as string}'`],
        "style-src": ["'self'", "'unsafe-inline'"],
        "frame-ancestors": ["'none'"],
        "connect-src": development ? ["'self'", "ws:"] : ["'self'"],
        "upgrade-insecure-requests": null,
      },
    },
    referrerPolicy: { policy: "same-origin" },
    frameguard: { action: "deny" },
    hsts: false,
  });
}

/** The origin that browsers see when none is configured: this host and port. */
export const asPublicOrigin = (host: string, port: number): string => `http://${host}:${port}`;

const sayTo = (response: Response, status: number, sentence: string): void => {
  response
    .status(status)
    .type("text/plain; charset=utf-8")
    .send(`${sentence}(参考编号 ${String(response.locals.requestId)})`);
};

/**
 * Refuses what a stock app answers with 500: odd methods, bad escapes, NUL characters, foreign origins, bodies without
 * length or beyond the cap. Runs before Remix, whose own origin check misses data posts.
 */
export function guardRequests({ origin }: { origin: () => string | undefined }): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!METHODS.has(request.method)) return sayTo(response, 405, "不支持这种请求方式。");
    if (!wellFormedUrl(request.originalUrl)) return sayTo(response, 400, "网址中含有无效字符，请检查后重试。");
    if (!/^[a-z0-9.[\]:_-]+$/i.test(request.headers.host ?? "")) return sayTo(response, 400, "请求的主机名无效。");
    if (request.method !== "POST") return next();

    if (!sameOrigin(request, origin()))
      return sayTo(response, 403, "请求来自其他网站，已拒绝。请从本系统页面重新提交。");
    const length = request.headers["content-length"];
    if (length === undefined) return sayTo(response, 411, "请求缺少长度说明。");
    if (!/^\d{1,15}$/.test(length)) return sayTo(response, 400, "请求的长度说明无效。");
    if (Number(length) > MAX_BODY_BYTES)
      return sayTo(response, 413, "一次提交的内容超过 100 MB，请分几次上传，或压缩后再传。");
    next();
  };
}

function wellFormedUrl(url: string): boolean {
  try {
    const [path = "", query = ""] = url.split("?", 2);
    const decoded = decodeURIComponent(path) + decodeURIComponent(query.replaceAll("+", " "));
    return !decoded.includes("\0");
  } catch {
    return false;
  }
}

function sameOrigin(request: Request, publicOrigin: string | undefined): boolean {
  const { origin } = request.headers;
  if (origin !== undefined)
    return origin === publicOrigin || origin === `${request.protocol}://${request.headers.host ?? ""}`;
  // Older browsers leave Origin out of same-origin forms; Sec-Fetch-Site then decides, and without both we refuse.
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { referer } = request.headers;
  return referer !== undefined && publicOrigin !== undefined && referer.startsWith(`${publicOrigin}/`);
}
