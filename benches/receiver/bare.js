// @ts-check
/** The least that a forwarding Worker can do: it forwards the request unchanged. */

export default {
  /** @param {Request} request @param {{ ORIGIN_URL: string }} env */
  fetch: (request, env) => fetch(env.ORIGIN_URL, request),
};
