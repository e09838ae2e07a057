// @ts-check
/** The origin: takes the body, and says so. */

export default {
  /** @param {Request} request */
  async fetch(request) {
    await request.arrayBuffer();
    return new Response(null, { status: 204 });
  },
};
