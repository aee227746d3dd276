/**
 * Remix's options in one place; vite.config.ts hands them to the plugin.
 * Single fetch and lazy route discovery stay off: their decoders carry advisories that v2 will not fix
 * (docs/decisions/0001-hardened-remix.md).
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: "app",
  buildDirectory: "build",
  serverModuleFormat: "esm",
  ignoredRouteFiles: ["**/*"],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_routeConfig: true,
    v3_singleFetch: false,
    v3_lazyRouteDiscovery: false,
  },
};
