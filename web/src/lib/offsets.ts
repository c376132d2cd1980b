// The server counts in UTF-8 bytes, JavaScript in UTF-16 units: this turns one into the other.

/** A function from a byte offset in `text` to the index of the same place in the string; inside a character, its start. */
export function byteOffsets(text: string): (byte: number) => number {
  // byteAt[i] is the byte at which the UTF-16 unit i begins.
  const byteAt = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    byteAt[i] = bytes;
    const code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) {
      // Both halves of a surrogate pair begin where the character begins.
      byteAt[i + 1] = bytes;
      i++;
      bytes += 4;
    } else {
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    }
  }
  byteAt[text.length] = bytes;

  return (byte) => {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((byteAt[middle] ?? 0) <= byte) low = middle;
      else high = middle - 1;
    }
    // Never between the halves of a pair.
    while (low > 0 && byteAt[low - 1] === byteAt[low]) low--;
    return low;
  };
}
