// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { snippetIn } from "./snippet.js";

const page = (/** @type {string} */ program) =>
  `# Express\n\nSome words.\n\n\`\`\`js\n${program}\`\`\`\n\n\`\`\`sh\nnode server.mjs\n\`\`\`\n`;

test("the first block of a page is its receiver, and its first comment names the file", () => {
  const program = '// server.mjs: npm install express mia-webhooks\nimport express from "express";\n';
  assert.deepEqual(snippetIn("a.md", page(program)), { file: "server.mjs", program });
  const route = "// app/webhook/route.ts\nexport {};\n";
  assert.equal(snippetIn("a.md", page(route)).file, "app/webhook/route.ts");
  assert.equal(snippetIn("a.md", page("# receiver.py: pip install flask\n")).file, "receiver.py");
});

test("a page with several hosts has a heading for each", () => {
  const both = `${page("// server.mjs\n")}\n## lc39\n\n${page("// index.js\n")}`;
  assert.equal(snippetIn("a.md", both, "lc39").file, "index.js");
  assert.throws(() => snippetIn("a.md", both, "other"), /a\.md has no code block below "other"/);
});

test("a receiver that is too long, or does not name its file, is an error", () => {
  const lines = (/** @type {number} */ count) => `// server.mjs\n${"a();\n".repeat(count - 1)}`;
  assert.doesNotThrow(() => snippetIn("a.md", page(lines(20))));
  assert.throws(() => snippetIn("a.md", page(lines(21))), /a\.md has 21 lines; it must have 20 or less/);
  assert.throws(() => snippetIn("a.md", page("a();\n")), /must begin with a comment that names its file/);
  assert.throws(() => snippetIn("a.md", "# Express\n"), /a\.md has no code block/);
});
