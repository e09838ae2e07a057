/** The receivers to copy, by their names. */

import { RECEIVERS, type ReceiverProgram } from "./receivers.js";

export { RECEIVERS, type ReceiverProgram };

/**
 * The receiver of a framework.
 *
 * @throws TypeError for an unknown id.
 */
export function receiverProgram(id: string): ReceiverProgram {
  const program = RECEIVERS.find((receiver) => receiver.id === id);
  if (program === undefined) {
    throw new TypeError(`no receiver is called ${id}`);
  }
  return program;
}
