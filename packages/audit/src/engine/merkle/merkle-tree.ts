import { createHash } from 'node:crypto'
import type { Frontier } from '../../model/frontier.ts'

/** The root of a tree without leaves: the hash of nothing. */
const EMPTY_ROOT: Uint8Array = createHash('sha256').digest()
const NODE_PREFIX = Uint8Array.of(1)

/** Returns the hash of an inner node (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest()
}

/** Adds the hash of a leaf to the frontier of a tree with `size` leaves, in place. */
export function addLeaf(frontier: Uint8Array[], size: number, leaf: Uint8Array): void {
  addSubtree(frontier, size, leaf)
}

/** Adds the root of a complete subtree of `width` leaves to the frontier of a tree with `size` leaves, in place. `size` is a multiple of `width`. */
export function addSubtree(frontier: Uint8Array[], size: number, subtree: Uint8Array, width = 1): void {
  let node = subtree
  // Each bit that is set at the end of the size is a complete subtree that the new one completes to a larger one.
  for (let rest = size / width; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = frontier.pop()
    if (left === undefined) throw new RangeError('The frontier does not belong to a tree of this size')
    node = nodeHash(left, node)
  }
  frontier.push(node)
}

/** Returns the root of the tree with a frontier. */
export function rootOf(frontier: Frontier): Uint8Array {
  let root: Uint8Array | undefined
  for (const node of frontier.toReversed()) root = root === undefined ? node : nodeHash(node, root)
  return root ?? EMPTY_ROOT
}

/** Returns whether a frontier has the number of subtrees that a tree of this size has. */
export function fitsSize(frontier: Frontier, size: number): boolean {
  return frontier.length === size.toString(2).replaceAll('0', '').length && frontier.every(node => node.length === 32)
}

/** Returns whether two hashes are equal. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
