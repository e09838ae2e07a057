/**
 * What was entered, step by step: one history for all fields, because a paste of a
 * request, a case or a repair changes several of them at once, and because browsers
 * forget their own history when a script sets a field.
 */

/** Keys that are pressed within this time are one step, in milliseconds. */
const PAUSE_MS = 1000;

/** As many steps as anybody takes back; each holds a payload. */
const MAX_STEPS = 100;

export class History<State> {
  readonly #states: State[];
  #place = 0;
  /** In which field somebody typed last, and when. */
  #typed = { field: "", at: -Infinity };

  constructor(first: State) {
    this.#states = [first];
  }

  get canUndo(): boolean {
    return this.#place > 0;
  }

  get canRedo(): boolean {
    return this.#place < this.#states.length - 1;
  }

  /**
   * Adds a step. Typing goes on with the last step as long as it is in the same field
   * and nobody pauses.
   *
   * @param typedIn the name of the field, if it is a key that was pressed
   */
  note(state: State, typedIn = "", now = performance.now()): void {
    const goesOn = typedIn !== "" && typedIn === this.#typed.field && now - this.#typed.at < PAUSE_MS && this.canUndo;
    this.#typed = { field: typedIn, at: now };
    this.#states.splice(goesOn ? this.#place : this.#place + 1, Infinity, state);
    if (this.#states.length > MAX_STEPS) {
      this.#states.shift();
    }
    this.#place = this.#states.length - 1;
  }

  /** The state before the last step; `undefined` if there is none. */
  undo(): State | undefined {
    return this.#go(-1);
  }

  /** The state after the step that was taken back last. */
  redo(): State | undefined {
    return this.#go(1);
  }

  #go(by: number): State | undefined {
    const state = this.#states[this.#place + by];
    if (state !== undefined) {
      this.#place += by;
      this.#typed.field = "";
    }
    return state;
  }
}
