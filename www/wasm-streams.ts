/**
 * The code of a wasm module in streams: one of instructions, and one of each kind of
 * their operands, which packs 6 % tighter than the code itself.
 */

/** The streams, by their numbers; what is rare is beside the instructions. */
const INSTRUCTION = 0;
const HEADER = 1;
const BRANCH = 2;
const FUNCTION = 3;
const LOCAL = 4;
const OFFSET = 5;
const INTEGER = 6;
const LONG = 7;
export const STREAMS = 8;

/** The streams of operands that are a LEB128 number each, by instruction. */
const OPERANDS: number[][] = new Array(256).fill([]);
for (const [first, last, ...streams] of [
  [0x02, 0x04, INSTRUCTION],
  [0x0c, 0x0d, BRANCH],
  [0x10, 0x10, FUNCTION],
  [0x11, 0x11, INSTRUCTION, INSTRUCTION],
  [0x20, 0x22, LOCAL],
  [0x23, 0x26, INSTRUCTION],
  [0x28, 0x3e, INSTRUCTION, OFFSET],
  [0x3f, 0x40, INSTRUCTION],
  [0x41, 0x41, INTEGER],
  [0x42, 0x42, LONG],
  [0xd0, 0xd2, INSTRUCTION],
] as [first: number, last: number, ...streams: number[]][]) {
  OPERANDS.fill(streams, first, last + 1);
}

/**
 * Goes through the code of a module, from the number of its functions on. `next` gives
 * each byte, and is told its stream: so this splits code, and joins it.
 */
export function walkCode(next: (stream: number) => number): void {
  const number = (stream: number): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const digit = next(stream);
      value |= (digit & 127) << shift;
      if (digit < 128) {
        return value;
      }
    }
  };
  const times = (count: number, take: (stream: number) => number): void => {
    for (let left = count; left > 0; left -= 1) {
      take(INSTRUCTION);
    }
  };

  for (let functions = number(HEADER); functions > 0; functions -= 1) {
    number(HEADER);
    for (let left = number(HEADER); left > 0; left -= 1) {
      number(HEADER);
      next(HEADER);
    }
    for (let depth = 1; depth > 0;) {
      const instruction = next(INSTRUCTION);
      if (instruction === 0x0b) {
        depth -= 1;
      } else if (instruction >= 0x02 && instruction <= 0x04) {
        depth += 1;
      }
      const streams = OPERANDS[instruction]!;
      for (let place = 0; place < streams.length; place += 1) {
        number(streams[place]!);
      }
      if (instruction === 0x0e) {
        times(number(INSTRUCTION) + 1, number);
      } else if (instruction === 0x1c) {
        times(number(INSTRUCTION), next);
      } else if (instruction === 0x43 || instruction === 0x44) {
        times(instruction === 0x43 ? 4 : 8, next);
      } else if (instruction === 0xfc) {
        // Of memory and of tables; conversions of numbers come first.
        const kind = number(INSTRUCTION);
        times(kind < 8 ? 0 : kind === 16 || kind % 2 === 1 ? 1 : 2, number);
      } else if (instruction === 0xfd) {
        const kind = number(INSTRUCTION);
        const isLane = kind >= 84 && kind <= 91;
        if (kind < 12 || isLane || kind === 92 || kind === 93) {
          number(INSTRUCTION);
          number(OFFSET);
        }
        times(kind === 12 || kind === 13 ? 16 : isLane || (kind >= 21 && kind <= 34) ? 1 : 0, next);
      }
    }
  }
}
