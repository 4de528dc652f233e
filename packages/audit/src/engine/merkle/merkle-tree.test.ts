import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { leafHash } from '../entry-hash.ts'
import { addLeaf, fitsSize, nodeHash, rootOf, sameHash } from './merkle-tree.ts'
import { consistencyRanges, inclusionRanges } from './proof-ranges.ts'
import { rangeRoots } from './prove.ts'
import { verifyConsistency, verifyInclusion } from './verify-proof.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const leafOf = (data: Uint8Array): Uint8Array => createHash('sha256').update(Uint8Array.of(0)).update(data).digest()

/** The definition of RFC 6962, section 2.1, word for word. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1) return leaves[0] ?? Uint8Array.of()
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)))
}

function frontierOf(leaves: readonly Uint8Array[]): Uint8Array[] {
  const frontier: Uint8Array[] = []
  for (const [size, leaf] of leaves.entries()) addLeaf(frontier, size, leaf)
  return frontier
}

function prove(leaves: readonly Uint8Array[], ranges: ReturnType<typeof inclusionRanges>): Uint8Array[] {
  const roots = rangeRoots(ranges)
  for (const leaf of leaves) roots.add(leaf)
  return roots.roots()
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafOf(Buffer.from(`leaf ${i}`)))

describe('a Merkle tree', () => {
  // The test data of the reference implementation of Certificate Transparency.
  const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(text => Buffer.from(text, 'hex'))
  it.each([
    { size: 0, root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    { size: 1, root: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' },
    { size: 2, root: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125' },
    { size: 3, root: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77' },
    { size: 7, root: 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c' },
    { size: 8, root: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328' },
  ])('has the root of the reference implementation with $size leaves', ({ size, root }) => {
    expect(hex(rootOf(frontierOf(data.slice(0, size).map(leafOf))))).toBe(root)
  })

  it('has the root that RFC 6962 defines, for any size', () => {
    for (let size = 0; size <= 70; size++) {
      const leaves = leavesOf(size)
      const frontier = frontierOf(leaves)
      expect(hex(rootOf(frontier)), `${size}`).toBe(hex(definedRoot(leaves)))
      expect(fitsSize(frontier, size)).toBe(true)
      expect(fitsSize(frontier, size + 1)).toBe((size + 1).toString(2).replaceAll('0', '').length === frontier.length)
    }
  })

  it('hashes a leaf with a zero byte in front', () => {
    expect(leafHash('abc')).toBe(hex(leafOf(Buffer.from('abc'))))
  })

  it('does not accept a frontier of another size', () => {
    expect(() => addLeaf([], 1, leafOf(Buffer.from('a')))).toThrow('does not belong')
  })
})

describe('an inclusion proof', () => {
  it('verifies for each leaf of trees of any size, and for no other leaf, index, size or root', () => {
    for (let size = 1; size <= 34; size++) {
      const leaves = leavesOf(size)
      const root = definedRoot(leaves)
      for (const [index, leaf] of leaves.entries()) {
        const proof = prove(leaves, inclusionRanges(index, size))
        expect(verifyInclusion({ leaf, index, size, root, proof }), `${index} of ${size}`).toBe(true)
        expect(verifyInclusion({ leaf: leafOf(Buffer.from('other')), index, size, root, proof })).toBe(false)
        expect(verifyInclusion({ leaf, index, size, root: leaf, proof })).toBe(size === 1)
        expect(verifyInclusion({ leaf, index: index + 1, size, root, proof })).toBe(false)
        expect(verifyInclusion({ leaf, index, size, root, proof: [...proof, leaf] })).toBe(false)
        for (const [i] of proof.entries()) {
          expect(verifyInclusion({ leaf, index, size, root, proof: proof.with(i, leafOf(Buffer.from('other'))) })).toBe(false)
        }
      }
    }
  })

  it('has the nodes of the example in RFC 6962', () => {
    // Section 2.1.3: the audit path for d0 is [b, h, l], for d3 [c, g, l], for d4 [f, j, k], for d6 [i, k].
    expect(inclusionRanges(0, 7)).toEqual([
      { from: 1, to: 2 },
      { from: 2, to: 4 },
      { from: 4, to: 7 },
    ])
    expect(inclusionRanges(3, 7)).toEqual([
      { from: 2, to: 3 },
      { from: 0, to: 2 },
      { from: 4, to: 7 },
    ])
    expect(inclusionRanges(4, 7)).toEqual([
      { from: 5, to: 6 },
      { from: 6, to: 7 },
      { from: 0, to: 4 },
    ])
    expect(inclusionRanges(6, 7)).toEqual([
      { from: 4, to: 6 },
      { from: 0, to: 4 },
    ])
  })
})

describe('a consistency proof', () => {
  it('has the nodes of the example in RFC 6962', () => {
    // Section 2.1.3: between 3 and 7 leaves [c, d, g, l], between 4 and 7 [l], between 6 and 7 [i, j, k].
    expect(consistencyRanges(3, 7)).toEqual([
      { from: 2, to: 3 },
      { from: 3, to: 4 },
      { from: 0, to: 2 },
      { from: 4, to: 7 },
    ])
    expect(consistencyRanges(4, 7)).toEqual([{ from: 4, to: 7 }])
    expect(consistencyRanges(6, 7)).toEqual([
      { from: 4, to: 6 },
      { from: 6, to: 7 },
      { from: 0, to: 4 },
    ])
  })

  it('verifies between trees of any two sizes, and not if a leaf of the old tree changed', () => {
    for (let second = 0; second <= 20; second++) {
      const leaves = leavesOf(second)
      const secondRoot = definedRoot(leaves)
      for (let first = 0; first <= second; first++) {
        const firstRoot = definedRoot(leaves.slice(0, first))
        const proof = prove(leaves, consistencyRanges(first, second))
        const claim = { first, firstRoot, second, secondRoot, proof }
        expect(verifyConsistency(claim), `${first} to ${second}`).toBe(true)
        if (first === 0) continue
        const changedRoot = definedRoot(leaves.slice(0, first).with(0, leafOf(Buffer.from('other'))))
        expect(verifyConsistency({ ...claim, firstRoot: changedRoot }), `${first} to ${second}`).toBe(false)
        expect(verifyConsistency({ ...claim, secondRoot: leafOf(Buffer.from('other')) }), `${first} to ${second}`).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...proof, firstRoot] })).toBe(false)
      }
    }
  })

  it('never throws for sizes and nodes that make no sense', () => {
    const nodes = fc.array(fc.uint8Array({ minLength: 0, maxLength: 40 }), { maxLength: 8 })
    const node = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(
        fc.record({ first: fc.double(), second: fc.double(), firstRoot: node, secondRoot: node, proof: nodes }),
        ({ first, second, firstRoot, secondRoot, proof }) => {
          expect(verifyInclusion({ leaf: firstRoot, index: first, size: second, root: secondRoot, proof })).toBe(
            proof.length === 0 && second === 1 && first === 0 && sameHash(firstRoot, secondRoot),
          )
          expect(typeof verifyConsistency({ first, firstRoot, second, secondRoot, proof })).toBe('boolean')
        },
      ),
    )
  })
})
