// @ts-check
/**
 * The Worker with the contenders. Its own clock stands still while it
 * computes, so it only runs batches, which are timed from outside: `/prepare?question=…&size=N`,
 * then `/batch?name=…&count=N` for each batch.
 */

// @ts-expect-error The same module that the package imports.
import module from "mia-webhooks/verify.wasm";
import { batch, prepared } from "../contenders/batch.js";
import { byHand } from "../contenders/by-hand.js";
import { everywhere } from "../contenders/everywhere.js";
import { otherSchemes } from "../contenders/other-schemes.js";
import { questions } from "../contenders/questions.js";
import { makeSample } from "../sample.js";

const all = questions([...everywhere(module), ...otherSchemes], byHand);
/** @type {import("../contenders/contender.js").Contender[]} */
let contenders = [];
/** @type {Record<string, () => boolean | Promise<boolean>>} */
let ready = {};

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { pathname, searchParams: query } = new URL(request.url);
    if (pathname === "/prepare") {
      const sample = await makeSample(Number(query.get("size")));
      contenders = all[/** @type {keyof typeof all} */ (query.get("question"))];
      ready = {};
      for (const contender of contenders) {
        ready[contender.name] = await prepared(contender, sample);
      }
      return Response.json(contenders.map(({ name }) => name));
    }
    const name = query.get("name") ?? "";
    const good = ready[name];
    if (good === undefined) {
      return new Response("prepare first", { status: 404 });
    }
    const isAsync = contenders.find((contender) => contender.name === name)?.isAsync === true;
    const isRight = await batch(good, isAsync, Number(query.get("count")));
    return new Response(isRight ? "right" : "wrong");
  },
};
