/** Text written straight as bytes: what a row of bills is made of, with no string for each cell. */

export interface ByteWriter {
  /** Room for so many more bytes, before they are written. */
  readonly reserve: (bytes: number) => void;
  readonly byte: (value: number) => void;
  readonly copy: (from: Uint8Array, start: number, end: number) => void;
  /** Whole cents as dollars with two decimals: `-12.05`. Within 2^53. */
  readonly dollars: (cents: number) => void;
  /** What was written, as its own bytes. */
  readonly done: () => Uint8Array<ArrayBuffer>;
}

export function byteWriter(size: number): ByteWriter {
  let bytes = new Uint8Array(size);
  let at = 0;
  const digits = new Uint8Array(20);
  return {
    reserve: (more) => {
      if (at + more <= bytes.length) return;
      const larger = new Uint8Array(Math.max(bytes.length * 2, at + more));
      larger.set(bytes);
      bytes = larger;
    },
    byte: (value) => { bytes[at++] = value; },
    copy: (from, start, end) => { for (let i = start; i < end; i++) bytes[at++] = from[i] as number; },
    dollars: (cents) => {
      let rest = cents;
      if (rest < 0) { bytes[at++] = 45; rest = -rest; }
      let count = 0;
      // Numbers of 31 bits are divided faster.
      while (rest > 0x7fffffff) { const next = Math.floor(rest / 10); digits[count++] = rest - next * 10; rest = next; }
      for (let small = rest | 0; small > 0;) { const next = (small / 10) | 0; digits[count++] = small - next * 10; small = next; }
      while (count < 3) digits[count++] = 0;
      while (count > 2) bytes[at++] = 48 + (digits[--count] as number);
      bytes[at++] = 46;
      bytes[at++] = 48 + (digits[1] as number);
      bytes[at++] = 48 + (digits[0] as number);
    },
    done: () => bytes.slice(0, at),
  };
}
