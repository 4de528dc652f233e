const BIN = 2 ** 40

/** Packs bins as rollups store them: each bin once, ascending, with its count, as bin * 2^40 + count. */
export function packLatencyBins(bins: readonly number[]): number[] {
  const packed: number[] = []
  let previous: number | undefined
  for (const bin of bins.toSorted((a, b) => a - b)) {
    if (bin === previous) {
      const last = packed.length - 1
      packed[last] = (packed[last] ?? 0) + 1
    } else {
      packed.push(bin * BIN + 1)
      previous = bin
    }
  }
  return packed
}

/** Unpacks a bin and its count. Exact, because bins are below 2^10 and counts far below 2^40. */
export function unpackLatencyBin(packed: number): [bin: number, count: number] {
  const bin = Math.floor(packed / BIN)
  return [bin, packed - bin * BIN]
}
