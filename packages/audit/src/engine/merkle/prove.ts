import type { Frontier } from '../../model/frontier.ts'
import { alignedRanges } from './gap-nodes.ts'
import { addLeaf, rootOf } from './merkle-tree.ts'
import type { LeafRange } from './proof-ranges.ts'

/** Computes the roots of disjoint ranges from the leaves of a tree, which are added in order. Keeps no leaf. */
export interface RangeRoots {
  add(leaf: Uint8Array): void
  /** Returns the root of each range, in the order of the ranges. */
  roots(): Uint8Array[]
}

/** The leaves at the start of a tree that are known only by their frontier. */
export interface TreeStart {
  readonly size: number
  readonly frontier: Frontier
}

/** Starts computing the roots of ranges. */
export function rangeRoots(ranges: readonly LeafRange[], start: TreeStart = { size: 0, frontier: [] }): RangeRoots {
  const subtrees = alignedRanges(0, start.size).map((range, i) => ({ ...range, hash: start.frontier[i] ?? new Uint8Array() }))
  const parts = ranges.map(range => {
    const known = subtrees.filter(({ from, to }) => from >= range.from && to <= range.to)
    if (range.from < start.size && known[0]?.from !== range.from) throw new RangeError('The leaves of a part are not known any more')
    return { ...range, frontier: known.map(({ hash }) => hash) }
  })
  let index = start.size
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
