import { nodeHash, sameHash } from './merkle-tree.ts'
import { consistencyRanges, inclusionRanges } from './proof-ranges.ts'

/** A claim that a leaf is in a tree, and the nodes that prove it. */
export interface InclusionClaim {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Verifies an inclusion proof. */
export function verifyInclusion({ leaf, index, size, root, proof }: InclusionClaim): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  const ranges = inclusionRanges(index, size)
  if (proof.length !== ranges.length) return false
  let node = leaf
  for (const [i, sibling] of proof.entries()) {
    const { from = 0 } = ranges[i] ?? {}
    node = from > index ? nodeHash(node, sibling) : nodeHash(sibling, node)
  }
  return sameHash(node, root)
}

/** A claim that a tree extends an older one, and the nodes that prove it. */
export interface ConsistencyClaim {
  readonly first: number
  readonly firstRoot: Uint8Array
  readonly second: number
  readonly secondRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Verifies a consistency proof. */
export function verifyConsistency({ first, firstRoot, second, secondRoot, proof }: ConsistencyClaim): boolean {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second) return false
  const ranges = consistencyRanges(first, second)
  if (proof.length !== ranges.length) return false
  if (first === 0) return true
  if (first === second) return sameHash(firstRoot, secondRoot)
  // Without a node of its own, the first part is the old tree as a whole.
  const nodes = (ranges[0]?.to ?? 0) <= first ? proof : [firstRoot, ...proof]
  const parts = nodes === proof ? ranges : [{ from: 0, to: first }, ...ranges]
  let [oldRoot, newRoot] = [nodes[0], nodes[0]]
  for (const [i, node] of nodes.entries()) {
    if (i === 0 || oldRoot === undefined || newRoot === undefined) continue
    if ((parts[i]?.from ?? 0) >= first) {
      newRoot = nodeHash(newRoot, node)
    } else {
      oldRoot = nodeHash(node, oldRoot)
      newRoot = nodeHash(node, newRoot)
    }
  }
  return oldRoot !== undefined && newRoot !== undefined && sameHash(oldRoot, firstRoot) && sameHash(newRoot, secondRoot)
}
