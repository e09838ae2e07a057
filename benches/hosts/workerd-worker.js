// @ts-check
/**
 * The Worker with the contenders. Its own clock stands still while it
 * computes, so it only runs batches, which are timed from outside: `/prepare?size=N`,
 * then `/batch?name=…&count=N` for each batch.
 */

// @ts-expect-error The same module that the package imports.
import module from "mia-webhooks/verify.wasm";
import { batch, prepared } from "../contenders/batch.js";
import { everywhere } from "../contenders/everywhere.js";
import { nodeCrypto } from "../contenders/node-crypto.js";
import { oneSecret, threeSecrets } from "../contenders/rotation.js";
import { makeSample } from "../sample.js";

const contenders = [...everywhere(module), nodeCrypto, oneSecret, threeSecrets];
/** @type {Record<string, () => boolean | Promise<boolean>>} */
let ready = {};

export default {
  /** @param {Request} request */
  async fetch(request) {
    const { pathname, searchParams: query } = new URL(request.url);
    if (pathname === "/prepare") {
      const sample = await makeSample(Number(query.get("size")));
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
