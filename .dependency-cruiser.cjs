/** Who may import whom. The reasons are in docs/decisions/0003-module-layout.md. */

const FLOORS = [
  ["identity", "inbox", "supervision", "catalog"],
  ["systems", "ledger"],
  ["compliance", "matters"],
  ["projects"],
  ["funding", "experts", "changes", "delivery", "acceptance", "components", "graph"],
  ["progress"],
  ["intake"],
  ["assessment"],
  ["bulletins"],
  ["desk", "dashboard", "administration"],
];
const MODULES = "^app/modules/";
const TESTS = "\\.(test|fixture)\\.tsx?$";

/** Modules below know nothing of modules above; identity is the ground that all may stand on. */
const floorRules = FLOORS.map((floor, height) => {
  const above = FLOORS.slice(height + 1).flat();
  if (above.length === 0) return undefined;
  return {
    name: `floor-${floor.join("-")}`,
    severity: "error",
    comment: "A module uses only modules below it; what lies above listens to events.",
    from: { path: `${MODULES}(${floor.join("|")})/` },
    to: { path: `${MODULES}(${above.join("|")})/` },
  };
}).filter(Boolean);

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "kernel-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^app/kernel/", pathNot: TESTS },
      to: { path: "^(app/(?!kernel/)|db/|seeds/|tests/)" },
    },
    {
      name: "policy-imports-kernel-only",
      severity: "error",
      from: { path: "^app/policy/", pathNot: TESTS },
      to: { path: "^(app/(?!kernel/|policy/)|db/|seeds/|tests/)" },
    },
    {
      name: "db-imports-kernel-only",
      severity: "error",
      from: { path: "^db/" },
      to: { path: "^(app/(?!kernel/)|seeds/|tests/)" },
    },
    {
      name: "platform-knows-no-domain",
      severity: "error",
      from: { path: "^app/platform/", pathNot: TESTS },
      to: { path: "^(app/(modules|web|ui)/|seeds/|tests/)" },
    },
    {
      name: "web-knows-no-domain",
      severity: "error",
      from: { path: "^app/web/", pathNot: TESTS },
      to: { path: "^(app/modules/|seeds/|tests/)" },
    },
    {
      name: "ui-imports-kernel-only",
      severity: "error",
      from: { path: "^app/ui/", pathNot: TESTS },
      to: { path: "^(app/(?!kernel/|ui/)|db/|seeds/|tests/)|@remix-run" },
    },
    {
      name: "pure-files-stay-pure",
      severity: "error",
      comment: "A rule can be understood and tested without a database, a request or the file system.",
      from: {
        path: `${MODULES}.+\\.ts$`,
        pathNot: ["\\.server\\.ts$", "/(pages|ui)/", TESTS],
      },
      to: {
        path: "drizzle-orm|node_modules/postgres|@remix-run|^db/|\\.server(\\.ts)?$|^app/(platform|web)/",
        pathNot: "^app/platform/pdf/official-document.types",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "modules-through-their-doors",
      severity: "error",
      comment: "Another module is used through index.ts (browser-safe), index.server.ts or, by pages, index.ui.ts.",
      from: { path: "^app/modules/([^/]+)/", pathNot: TESTS },
      to: {
        path: "^app/modules/([^/]+)/",
        pathNot: ["^app/modules/$1/", "^app/modules/[^/]+/index(\\.server|\\.ui)?\\.ts$"],
      },
    },
    {
      name: "app-root-through-doors",
      severity: "error",
      from: { path: "^(app/[^/]+\\.tsx?$|server\\.ts|seeds/)" },
      to: { path: "^app/modules/[^/]+/(?!index(\\.server)?\\.ts$)" },
    },
    {
      name: "server-code-not-in-pages-components",
      severity: "error",
      from: { path: "^app/(ui|modules/[^/]+/ui)/" },
      to: { path: "\\.server\\.ts$" },
    },
    {
      name: "remix-only-at-the-edge",
      severity: "error",
      comment: "The move to React Router 7 must stay mechanical.",
      from: {
        path: "^app/",
        pathNot: [
          "^app/(root|entry\\.(server|client))\\.tsx$",
          "^app/routes\\.ts$",
          "^app/modules/[^/]+/pages/",
          "^app/web/",
        ],
      },
      to: { path: "@remix-run/(node|react|express|dev)" },
    },
    ...floorRules,
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.data)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
