import { InvalidInput, NotFound } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import { formatConsistencyProof } from './engine/consistency-proof.ts'
import { canonicalEntry } from './engine/entry-hash.ts'
import { type LeafRange, consistencyRanges, inclusionRanges } from './engine/merkle/proof-ranges.ts'
import { rangeRoots } from './engine/merkle/prove.ts'
import { formatProof, verifyProof } from './engine/tlog-proof.ts'
import { type KeyRing, keysOfLog } from './log-keys.ts'
import type { LogArchive } from './model/log-archive.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'
import { AuditLogBroken, AuditProofRejected } from './model/errors.ts'

const PAGE_HASHES = 10_000

/**
 * Returns a proof that an event is in the log that a checkpoint signs, as a text that verifies offline. Throws `NotFound`
 * for an unknown sequence, and `AuditLogBroken` if the log does not match the checkpoint.
 */
export async function proveEvent(
  { store, keys }: { store: AuditStore; keys: KeyRing },
  { tenantId, sequence, checkpoint }: { tenantId: string | null; sequence: number; checkpoint: StoredCheckpoint },
): Promise<string> {
  const [event] = await store.entriesBySequence(tenantId, [sequence])
  if (event === undefined || sequence > checkpoint.size) throw new NotFound('audit event', String(sequence))
  const index = sequence - 1
  const hashes = await rootsOfRanges(store, tenantId, inclusionRanges(index, checkpoint.size), checkpoint.size)
  const proof = formatProof({ entry: canonicalEntry(event), index, hashes, checkpoint: checkpoint.note })
  const { origin, verifiers } = keysOfLog(keys, tenantId)
  try {
    verifyProof(proof, origin, verifiers)
  } catch (error) {
    if (error instanceof AuditProofRejected) throw new AuditLogBroken(sequence, error.message)
    throw error
  }
  return proof
}

/**
 * Returns a proof that the log that a checkpoint signs extends its first `oldSize` entries, as a text that verifies offline
 * with the older checkpoint. Throws `InvalidInput` if the log is smaller.
 */
export async function proveConsistency(
  store: AuditStore,
  { tenantId, oldSize, checkpoint }: { tenantId: string | null; oldSize: number; checkpoint: StoredCheckpoint },
): Promise<string> {
  const { size, note } = checkpoint
  if (oldSize > size) throw new InvalidInput([{ path: 'oldSize', message: `is ${oldSize}, but the log has only ${size} entries` }])
  const archive = await lastDropped(store, tenantId)
  if (oldSize > 0 && archive !== undefined && oldSize < archive.lastSequence) {
    throw new InvalidInput([
      { path: 'oldSize', message: `is ${oldSize}, but the first ${archive.lastSequence} entries are only in archives. Check those with "audit check-export"` },
    ])
  }
  const hashes = await rootsOfRanges(store, tenantId, consistencyRanges(oldSize, size), size)
  return formatConsistencyProof({ oldSize, hashes, checkpoint: note })
}

async function lastDropped(store: AuditStore, tenantId: string | null): Promise<LogArchive | undefined> {
  return (await store.archives(tenantId)).findLast(({ isDropped }) => isDropped)
}

async function rootsOfRanges(store: AuditStore, tenantId: string | null, ranges: readonly LeafRange[], size: number): Promise<Uint8Array[]> {
  const archive = await lastDropped(store, tenantId)
  const start = { size: archive?.lastSequence ?? 0, frontier: archive?.frontier ?? [] }
  const roots = rangeRoots(ranges, start)
  for (let read = start.size; read < size;) {
    const page = await store.hashes(tenantId, { after: read, first: Math.min(PAGE_HASHES, size - read) })
    if (page.length === 0) throw new AuditLogBroken(read + 1, 'Entries are missing.')
    for (const hash of page) roots.add(Buffer.from(hash, 'hex'))
    read += page.length
  }
  return roots.roots()
}
