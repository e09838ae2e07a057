// @ts-check
/** The mutation run of the TypeScript: `cargo xtask mutants package`. */

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "tests/unit/vitest.config.js", related: false },
  mutate: [
    "pkg/src/**/*.ts",
    "!pkg/src/**/*.d.ts",
    "!pkg/src/generated/**",
    // The files of the page that need no browser. Its texts are a table, which texts.test.ts walks.
    "www/{bytes,copy-button,tabs}.ts",
    "www/fields/{history,ledgers,true-text}.ts",
    "www/verify/{difference,event-line,judge,lanes,repair}.ts",
  ],
  ignorePatterns: [
    "/target",
    "/fuzz",
    "/examples",
    "/benches",
    "/docs/screenshots",
    "/edge/**/node_modules",
    "/pkg/dist",
  ],
  ignoreStatic: false,
  concurrency: 2,
  tempDirName: "target/stryker",
  reporters: ["clear-text", "json"],
  jsonReporter: { fileName: "target/mutants/package.json" },
  incremental: true,
  incrementalFile: "target/mutants/package-incremental.json",
  checkers: [],
  disableTypeChecks: "{pkg/src,www}/**/*.ts",
  thresholds: { high: 95, low: 90, break: 90 },
};
