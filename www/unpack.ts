/**
 * Unpacks LZMA, as www/build.js packs it: with 3 bits of the byte before a literal, and 2
 * of the position. Browsers have no decoder that packs as tightly.
 */

/** The header of an .lzma file: the parameters and the lengths, which are known. */
const HEADER = 13;

/** Where each group of models begins. */
const IS_MATCH = 0;
const IS_REPEATED = 192;
const IS_OLDER = [204, 216, 228] as const;
const IS_LONG = 240;
const SLOT = 432;
const LOW_DISTANCE = 688;
const ALIGNMENT = 804;
const LENGTH = 820;
const REPEATED_LENGTH = 1334;
const LITERAL = 1848;
const MODELS = LITERAL + 8 * 0x300;

/** Unpacks so many bytes. */
export function unpack(packed: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const unpacked = new Uint8Array(length);
  /** For each model, how probable a 0 is, of 2048. */
  const models = new Uint16Array(MODELS).fill(1024);
  let at = HEADER;
  /** The range, and the code in it. In variables, V8 would allocate each new number. */
  const coder = new Uint32Array([-1, 0]);
  const shift = (): void => {
    coder[0]! <<= 8;
    coder[1] = (coder[1]! << 8) | packed[at++]!;
  };
  while (at < HEADER + 5) {
    coder[1] = (coder[1]! << 8) | packed[at++]!;
  }

  const bit = (model: number): number => {
    const zero = models[model]!;
    const bound = (coder[0]! >>> 11) * zero;
    const one = Number(coder[1]! >= bound);
    if (one) {
      coder[0]! -= bound;
      coder[1]! -= bound;
      models[model] = zero - (zero >> 5);
    } else {
      coder[0] = bound;
      models[model] = zero + ((2048 - zero) >> 5);
    }
    if (coder[0]! < 2 ** 24) {
      shift();
    }
    return one;
  };
  /** The bits of a number, the highest first. */
  const bits = (models: number, count: number): number => {
    let tree = 1;
    for (let bitsLeft = count; bitsLeft > 0; bitsLeft -= 1) {
      tree = 2 * tree + bit(models + tree);
    }
    return tree - (1 << count);
  };
  const bitsReversed = (models: number, count: number): number => {
    let tree = 1;
    let sum = 0;
    for (let place = 0; place < count; place += 1) {
      const one = bit(models + tree);
      tree = 2 * tree + one;
      sum += one << place;
    }
    return sum;
  };

  /** What came before: below 7, a literal. */
  let state = 0;
  /** The latest distances. */
  const distances = [1, 1, 1, 1];
  let end = 0;
  const copy = (count: number): void => {
    for (let left = count; left > 0; left -= 1) {
      unpacked[end] = unpacked[end - distances[0]!]!;
      end += 1;
    }
  };

  while (end < length) {
    const position = end & 3;
    const isLiteral = state < 7;
    if (!bit(IS_MATCH + 16 * state + position)) {
      const models = LITERAL + 0x300 * ((unpacked[end - 1] ?? 0) >> 5);
      let tree = 1;
      if (!isLiteral) {
        // The byte of the last distance tells what this one is not.
        for (let other = unpacked[end - distances[0]!]! + 256, isSame = true; isSame && tree < 256; other *= 2) {
          const expected = (other >> 7) & 1;
          const one = bit(models + 256 + 256 * expected + tree);
          tree = 2 * tree + one;
          isSame = one === expected;
        }
      }
      while (tree < 256) {
        tree = 2 * tree + bit(models + tree);
      }
      unpacked[end++] = tree;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    const isRepeated = bit(IS_REPEATED + state);
    if (isRepeated) {
      let place = 0;
      while (place < 3 && bit(IS_OLDER[place]! + state)) {
        place += 1;
      }
      if (place === 0 && !bit(IS_LONG + 16 * state + position)) {
        copy(1);
        state = isLiteral ? 9 : 11;
        continue;
      }
      distances.unshift(...distances.splice(place, 1));
    }
    const lengths = isRepeated ? REPEATED_LENGTH : LENGTH;
    const count = !bit(lengths)
      ? bits(lengths + 2 + 8 * position, 3)
      : !bit(lengths + 1)
        ? 8 + bits(lengths + 130 + 8 * position, 3)
        : 16 + bits(lengths + 258, 8);
    if (!isRepeated) {
      const slot = bits(SLOT + 64 * Math.min(count, 3), 6);
      let distance = slot;
      if (slot > 3) {
        const low = (slot >> 1) - 1;
        distance = (2 + (slot & 1)) << low;
        if (slot < 14) {
          distance += bitsReversed(LOW_DISTANCE + distance - slot, low);
        } else {
          for (let place = low - 1; place > 3; place -= 1) {
            coder[0]! >>>= 1;
            if (coder[1]! >= coder[0]!) {
              coder[1]! -= coder[0]!;
              distance += 1 << place;
            }
            if (coder[0]! < 2 ** 24) {
              shift();
            }
          }
          distance += bitsReversed(ALIGNMENT, 4);
        }
      }
      distances.unshift(distance + 1);
      distances.length = 4;
    }
    state = (isLiteral ? 7 : 10) + isRepeated;
    copy(count + 2);
  }
  return unpacked;
}
