// @ts-check
/** The origin: reads the body and answers. */

export default {
  /** @param {Request} request */
  async fetch(request) {
    await request.arrayBuffer();
    return new Response(null, { status: 204 });
  },
};
