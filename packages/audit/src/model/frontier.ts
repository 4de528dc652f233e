/**
 * The roots of the complete subtrees of a Merkle tree, largest first: one for each bit that is set in its size. They are
 * all that is needed to add leaves and to compute the root.
 */
export type Frontier = readonly Uint8Array[]
