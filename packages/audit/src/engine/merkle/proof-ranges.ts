/** Leaves `from` to `to - 1` of a tree. The nodes of a proof are the roots of such subtrees. */
export interface LeafRange {
  readonly from: number
  readonly to: number
}

/** Returns the subtrees of an inclusion proof of leaf `index` in a tree of `size` leaves, from the leaf up (RFC 6962, section 2.1.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}`)
  const ranges: LeafRange[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from)
    if (index < middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
    }
  }
  return ranges.toReversed()
}

/** Returns the subtrees of a consistency proof between trees of `first` and `second` leaves, in their order (RFC 6962, section 2.1.2). */
export function consistencyRanges(first: number, second: number): LeafRange[] {
  if (first < 0 || first > second) throw new RangeError(`A tree of ${second} leaves does not extend one of ${first}`)
  if (first === 0 || first === second) return []
  const ranges: LeafRange[] = []
  let [from, to] = [0, second]
  // Whether the left edge of this part is the old tree itself, whose root the verifier knows.
  let isOldTree = true
  while (to !== first) {
    const middle = from + largestPowerBelow(to - from)
    if (first <= middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
      isOldTree = false
    }
  }
  if (!isOldTree) ranges.push({ from, to })
  return ranges.toReversed()
}

/** Returns the largest power of two below `count`, which must be 2 or more. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
