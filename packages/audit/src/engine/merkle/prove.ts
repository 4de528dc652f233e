import { addLeaf, rootOf } from './merkle-tree.ts'
import type { LeafRange } from './proof-ranges.ts'

/** Computes the roots of disjoint ranges from the leaves of a tree, which are added in order. Keeps no leaf. */
export interface RangeRoots {
  add(leaf: Uint8Array): void
  /** Returns the root of each range, in the order of the ranges. */
  roots(): Uint8Array[]
}

/** Starts computing the roots of ranges. */
export function rangeRoots(ranges: readonly LeafRange[]): RangeRoots {
  const parts = ranges.map(range => ({ ...range, frontier: [] as Uint8Array[] }))
  let index = 0
  return {
    add(leaf) {
      for (const { from, to, frontier } of parts) if (index >= from && index < to) addLeaf(frontier, index - from, leaf)
      index += 1
    },
    roots: () =>
      parts.map(({ to, frontier }) => {
        if (index < to) throw new RangeError(`The tree needs ${to} leaves, and has ${index}`)
        return rootOf(frontier)
      }),
  }
}
