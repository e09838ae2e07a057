// @ts-check
/** A reporter of node:test for `cargo xtask test`: a line of JSON for each test, with its file, its outcome and its time. */

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if ((type !== "test:pass" && type !== "test:fail") || data.details.type === "suite") {
      continue;
    }
    const { name, file, details, skip, todo } = data;
    // A file that could not be run is reported by its own name; without a test it
    // would pass.
    const hasPassed = type === "test:pass";
    const isEmpty = hasPassed && file.endsWith(name);
    const isSkipped = skip !== undefined || todo !== undefined;
    const outcome = isSkipped ? "skipped" : isEmpty ? "empty" : hasPassed ? "passed" : "failed";
    yield `${JSON.stringify({ file, name, outcome, milliseconds: details.duration_ms })}\n`;
  }
}
