import { nodeHash } from './merkle-tree.ts'
import type { LeafRange } from './proof-ranges.ts'

interface GapNode extends LeafRange {
  readonly hash: Uint8Array
}

/** Folds the leaves of a part of a tree to the roots of its complete subtrees: as few hashes as stand for the part in the tree. */
export interface GapNodes {
  /** The next leaf, from 0. */
  readonly end: number
  /** Adds the root of a complete subtree that starts at `end`: one leaf by default. */
  add(hash: Uint8Array, width?: number): void
  /** Returns the roots, in the order of `alignedRanges`. */
  hashes(): Uint8Array[]
}

/** Starts to fold the part of a tree that starts with leaf `from`. */
export function gapNodes(from: number): GapNodes {
  const nodes: GapNode[] = []
  let end = from
  return {
    get end() {
      return end
    },
    add(hash, width = 1) {
      let node: GapNode = { from: end, to: end + width, hash }
      end += width
      for (let left = nodes.at(-1); left !== undefined && completes(left, node); left = nodes.at(-1)) {
        nodes.pop()
        node = { from: left.from, to: node.to, hash: nodeHash(left.hash, node.hash) }
      }
      nodes.push(node)
    },
    hashes: () => nodes.map(({ hash }) => hash),
  }
}

/** Whether two neighbours are the halves of a subtree of the whole tree. */
function completes(left: GapNode, right: GapNode): boolean {
  const width = left.to - left.from
  return right.to - right.from === width && left.from % (2 * width) === 0
}

/** Returns the complete subtrees that a part of a tree consists of, in their order. */
export function alignedRanges(from: number, to: number): LeafRange[] {
  const ranges: LeafRange[] = []
  for (let start = from; start < to;) {
    let width = 1
    while (start % (2 * width) === 0 && start + 2 * width <= to) width *= 2
    ranges.push({ from: start, to: start + width })
    start += width
  }
  return ranges
}
