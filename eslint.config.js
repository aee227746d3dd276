import jsxA11y from "eslint-plugin-jsx-a11y";
import security from "eslint-plugin-security";
import tseslint from "typescript-eslint";

/** Business code reads the business clock; the host's clock would make a demonstration, a test or a late job lie. */
const HOST_CLOCK = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Pass `now` or `today` in." },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: "Pass `now` in." },
];
/** A verb that opens a transaction must authorize and record: tests/integration/architecture checks the pairs. */
const DIRECT_TRANSACTION = {
  selector: "MemberExpression[property.name='transaction'][object.property.name='db']",
  message: "Use inTransaction(ctx, …): it rolls back refusals, retries, and wakes the outbox.",
};

export default tseslint.config(
  { ignores: ["build/", ".data/", "node_modules/", "migrations/", "test-results/", "playwright-report/"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.js"] }, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { security },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Remix throws redirects and JSON responses by design.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "security/detect-eval-with-expression": "error",
      "security/detect-unsafe-regex": "error",
      "security/detect-bidi-characters": "error",
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  { files: ["**/*.tsx"], ...jsxA11y.flatConfigs.recommended },
  { files: ["**/*.js", "**/*.cjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: [
      "app/modules/**/*.ts",
      "app/modules/**/*.tsx",
      "app/kernel/**/*.ts",
      "app/policy/**/*.ts",
      "app/ui/**/*.tsx",
    ],
    ignores: ["**/*.test.ts", "**/*.test.tsx", "app/modules/identity/log-in.server.ts"],
    rules: { "no-restricted-syntax": ["error", ...HOST_CLOCK, DIRECT_TRANSACTION] },
  },
  {
    files: ["server.ts", "db/**", "seeds/**", "tests/**", "app/platform/audit/verify.ts", "*.config.ts"],
    rules: { "no-console": "off" },
  },
);
