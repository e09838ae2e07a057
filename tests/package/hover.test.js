// @ts-check
/**
 * What an editor shows when the pointer rests on a name: TypeScript's language service
 * answers for the installed types, as it answers an editor.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import ts from "typescript";

import { readEntryPoints } from "../../pkg/entry-points.js";
import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";

const { folder } = await installed();

/** @type {{ eventName: string, title: string, since: string, aliasOf?: string, supersededBy?: string, fields: { path: string, type: string, confidential?: boolean }[] }[]} */
const catalogue = JSON.parse(readFileSync(join(root, "src/events/catalogue.json"), "utf8"));

/**
 * The language service for a program, and where `¦` stands in it.
 *
 * @param {string} marked TypeScript with a mark before each name to ask about
 */
function edited(marked) {
  const [first = "", ...rest] = marked.split("¦");
  const text = [first, ...rest].join("");
  /** @type {number[]} */
  const places = [];
  let place = first.length;
  for (const part of rest) {
    places.push(place);
    place += part.length;
  }
  const name = join(folder, "receiver.mts");
  /** @type {ts.CompilerOptions} */
  const options = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
  };
  const read = (/** @type {string} */ path) => (path === name ? text : ts.sys.readFile(path));
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [name],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = read(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    fileExists: (path) => path === name || existsSync(path),
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  });
  const errors = service.getSemanticDiagnostics(name).map(({ messageText }) => messageText);
  assert.deepEqual(errors, []);
  const program = /** @type {ts.Program} */ (service.getProgram());
  return {
    texts: places.map((place) =>
      ts.displayPartsToString(service.getQuickInfoAtPosition(name, place)?.documentation).trim(),
    ),
    offered: places.map((place) =>
      (service.getCompletionsAtPosition(name, place, {})?.entries ?? []).map((entry) => entry.name),
    ),
    checker: program.getTypeChecker(),
    source: /** @type {ts.SourceFile} */ (program.getSourceFile(name)),
  };
}

/** How a handler reads a field: `payload.project?.environments?.[0]?.¦envId`. @param {string} path */
const access = (path) => {
  const steps = path.split(".").slice(1);
  const last = /** @type {string} */ (steps.pop());
  return ["event.payload", ...steps.map((step) => step.replace("[]", "?.[0]")), `¦${last}`].join("?.");
};

/** How a handler may be written: what is shown must not depend on it. */
const FORMS = {
  "a method": (/** @type {string} */ name, /** @type {string} */ body) => `¦${name}(event) { ${body} }`,
  "an arrow function": (/** @type {string} */ name, /** @type {string} */ body) => `¦${name}: (event) => { ${body} }`,
  "an asynchronous function": (/** @type {string} */ name, /** @type {string} */ body) =>
    `async ¦${name}(event) { await 1; ${body} }`,
};

for (const [form, write] of Object.entries(FORMS)) {
  const handlers = catalogue.map(({ eventName, fields }) =>
    write(eventName, [...fields.map(({ path }) => access(path)), "event.¦payload", "event.¦eventTimestamp"].join("; ")),
  );
  const { texts } = edited(
    `import { createReceiver } from "mia-webhooks/receiver";
    createReceiver({ secrets: "secret", on: { ${handlers.join(",\n")}, ¦"*": (event) => event.¦eventName } });`,
  );

  test(`every event and each of its fields has a text, in ${form}`, () => {
    for (const { eventName, title, since, aliasOf, supersededBy, fields } of catalogue) {
      const about = texts.shift() ?? "";
      assert.ok(about.startsWith(`${title}. Since Console ${since}`), `${eventName}: ${about}`);
      assert.ok(about.includes(aliasOf ?? supersededBy ?? ""), `${eventName}: ${about}`);
      for (const older of catalogue.filter((other) => [other.aliasOf, other.supersededBy].includes(eventName))) {
        assert.ok(about.includes(`\`${older.eventName}\``), `${eventName}: ${about}`);
      }
      for (const { path, confidential = false } of fields) {
        const text = texts.shift() ?? "";
        assert.ok(text.includes(`at \`${path}\``), `${eventName}, ${path}: ${text}`);
        assert.equal(text.includes("Personal data."), confidential, `${eventName}, ${path}: ${text}`);
      }
      assert.equal(texts.shift(), "The data of the event.");
      assert.match(texts.shift() ?? "", /milliseconds/);
    }
    assert.equal(texts.shift(), "Takes the events that no other handler takes.");
    assert.match(texts.shift() ?? "", /^Which event it is/);
    assert.deepEqual(texts, []);
  });
}

test("an editor offers every event and its fields, and other names are allowed", () => {
  const { offered } = edited(
    `import { createReceiver } from "mia-webhooks/receiver";
    createReceiver({ secrets: "secret", on: { tag_created: (event) => event.payload.¦tagName, an_unknown_event() {}, ¦"*"() {} } });`,
  );
  assert.deepEqual(
    catalogue.flatMap(({ eventName }) =>
      eventName === "tag_created" || offered[1]?.includes(eventName) ? [] : [eventName],
    ),
    [],
  );
  assert.ok(
    ["tagName", "project", "releaseDescription"].every((name) => offered[0]?.includes(name)),
    `${offered[0]}`,
  );
});

test("a payload's fields have a text where a handler takes them apart", () => {
  const { texts } = edited(
    `import { type Handlers } from "mia-webhooks/receiver";
    export const on: Handlers = { user_added: async ({ payload: { ¦email, resource } }) => [¦email, resource.¦companyId] };`,
  );
  assert.match(texts[1] ?? "", /^The user's e-mail address\..* Personal data\./);
  assert.match(texts[2] ?? "", /^The company's id\./);
});

const specifiers = readEntryPoints().entryPoints.map(({ specifier }) => specifier);
const { checker, source } = edited(
  specifiers.map((specifier, place) => `import type * as entry${place} from "${specifier}";`).join("\n") +
    specifiers.map((_, place) => `export type { entry${place} };`).join("\n"),
);

/** What is used of somebody else's interface, which their documentation describes. */
const OF_OTHERS =
  /^(DenoKv|ReplayStoreNamespace|ReplayStoreObjectState|Node(Request|Response)|Fastify(Instance|Request|Reply)|Lambda(RequestContext|Event|Response))$/;

/** A symbol's own text, or that of what it is another name of. @param {ts.Symbol} symbol */
const textOf = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();

for (const [place, specifier] of specifiers.entries()) {
  const { moduleSpecifier } = /** @type {ts.ImportDeclaration} */ (source.statements[place]);
  const exported = checker
    .getExportsOfModule(/** @type {ts.Symbol} */ (checker.getSymbolAtLocation(moduleSpecifier)))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));

  test(`every export of ${specifier}, and every member of one, has a text`, () => {
    const bare = exported.flatMap((symbol) => {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      const parts = type.isUnion() ? type.types : [type];
      const members = parts.flatMap((part) => checker.getPropertiesOfType(part));
      // Not those that a text, a function or an element has from its own library.
      const own = members.filter(
        ({ declarations, name }) =>
          !OF_OTHERS.test(symbol.name) &&
          name !== "#private" &&
          declarations?.some((declaration) => declaration.getSourceFile().fileName.includes("/mia-webhooks/")),
      );
      return [symbol, ...own].flatMap((one) => (textOf(one) === "" ? [`${symbol.name}: ${one.name}`] : []));
    });
    assert.deepEqual([...new Set(bare)], []);
  });
}
