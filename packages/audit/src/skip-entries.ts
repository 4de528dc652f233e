import type { AuditStore } from './audit-store.ts'
import { alignedRanges, gapNodes } from './engine/merkle/gap-nodes.ts'
import { addLeaf, addSubtree, fitsSize, rootOf, sameHash } from './engine/merkle/merkle-tree.ts'
import type { AuditEvent } from './model/audit-event.ts'
import { AuditLogBroken } from './model/errors.ts'

const PAGE_HASHES = 5_000

/** The Merkle tree of a log, of which some entries are read and others are skipped. */
export interface SkippingTree {
  /** Number of entries so far. */
  readonly size: number
  /** Adds the next entry. Throws `AuditLogBroken` if it is not the next one. */
  add(entry: Pick<AuditEvent, 'sequence' | 'hash'>): void
  /** Skips the entries up to a size. Returns the roots of the complete subtrees that stand for them. */
  skipTo(size: number): Promise<readonly Uint8Array[]>
  hasRoot(root: Uint8Array): boolean
}

/** Starts with an empty tree. Reads only the hashes of entries that are skipped, and none that a stored checkpoint stands for. */
export function skipEntries(store: AuditStore, tenantId: string | null): SkippingTree {
  const frontier: Uint8Array[] = []
  let size = 0
  let buffer: { readonly start: number; readonly hashes: readonly string[] } = { start: 0, hashes: [] }

  /** Returns the hash of an entry, from 0. */
  async function hashAt(index: number): Promise<Uint8Array> {
    if (index < buffer.start || index >= buffer.start + buffer.hashes.length) {
      buffer = { start: index, hashes: await store.hashes(tenantId, { after: index, first: PAGE_HASHES }) }
    }
    const hash = buffer.hashes[index - buffer.start]
    if (hash === undefined) throw new AuditLogBroken(index + 1, 'Entries are missing.')
    return Buffer.from(hash, 'hex')
  }

  return {
    get size() {
      return size
    },
    add({ sequence, hash }) {
      if (sequence !== size + 1) throw new AuditLogBroken(sequence, 'The entry is out of order.')
      addLeaf(frontier, size, Buffer.from(hash, 'hex'))
      size += 1
    },
    async skipTo(to) {
      const gap = gapNodes(size)
      // A wrong frontier gives a root that no checkpoint signed.
      const known = size === 0 ? await store.lastCheckpoint(tenantId, to) : undefined
      if (known !== undefined && fitsSize(known.frontier, known.size)) {
        for (const [i, range] of alignedRanges(0, known.size).entries()) gap.add(known.frontier[i] ?? new Uint8Array(), range.to - range.from)
      }
      while (gap.end < to) gap.add(await hashAt(gap.end))
      const nodes = gap.hashes()
      for (const [i, range] of alignedRanges(size, to).entries()) addSubtree(frontier, range.from, nodes[i] ?? new Uint8Array(), range.to - range.from)
      size = to
      return nodes
    },
    hasRoot: root => sameHash(rootOf(frontier), root),
  }
}
