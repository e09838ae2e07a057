// @ts-check
/**
 * Stands in for the servers of D1: it runs the queries that D1's own client sends, those
 * of one batch in one transaction, on the SQLite of a Durable Object.
 */

export class Database {
  #storage;

  /** @param {{ storage: any }} state */
  constructor({ storage }) {
    this.#storage = storage;
  }

  /** @param {Request} request */
  async fetch(request) {
    const queries = [await request.json()].flat();
    try {
      return Response.json(this.#storage.transactionSync(() => queries.map((query) => this.#run(query))));
    } catch (error) {
      return Response.json({ success: false, error: String(error) });
    }
  }

  /** @param {{ sql: string, params: unknown[] }} query */
  #run({ sql, params }) {
    const cursor = this.#storage.sql.exec(sql, ...params);
    const rows = [...cursor.raw()];
    const { columnNames: columns, rowsRead: rows_read, rowsWritten: rows_written } = cursor;
    return { success: true, results: { columns, rows }, meta: { rows_read, rows_written } };
  }
}

export default {
  /** @param {Request} request @param {{ DATABASE: any }} env */
  fetch: (request, { DATABASE }) => DATABASE.get(DATABASE.idFromName("d1")).fetch(request),
};
