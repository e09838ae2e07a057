/** What the page carries; build.js inserts it. */
declare module "#archive" {
  const archive: {
    /** The modules without their code, the data, and the streams of code: one after the other, compressed, in base64. */
    readonly packed: string;
    readonly lengths: readonly number[];
    /** Where each module's code belongs. */
    readonly codes: readonly (readonly [start: number, length: number])[];
  };
  export default archive;
}
