// @ts-check
/** A Worker that runs the tests of stores on the program of the page about D1. */

import { replayStoreTests } from "mia-webhooks/replay";
// @ts-expect-error The test writes it beside a copy of this file.
import { d1ReplayStore } from "./replay-store.ts";

export default {
  /** @param {Request} _ @param {{ DATABASE: any, TABLES: string }} env */
  async fetch(_, { DATABASE, TABLES }) {
    await DATABASE.batch(JSON.parse(TABLES).map((/** @type {string} */ sql) => DATABASE.prepare(sql)));
    const store = d1ReplayStore(DATABASE);
    const results = [];
    for (const { name, run } of replayStoreTests(
      () => store,
      () => store.backend,
    )) {
      results.push([name, await run().then(() => null, String)]);
    }
    return Response.json(results);
  },
};
