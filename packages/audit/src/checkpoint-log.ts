import { type Clock, isDomainError, toMicrosecond } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import { openCheckpoint, signCheckpoint } from './engine/checkpoint-text.ts'
import { fitsSize, rootOf, sameHash } from './engine/merkle/merkle-tree.ts'
import { parseNote } from './engine/note/signed-note.ts'
import { walkLog, type WalkStart } from './engine/walk-log.ts'
import { type KeyRing, keysOfLog, type LogKeys } from './log-keys.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'
import { AuditKeyMissing, AuditLogBroken } from './model/errors.ts'
import { EMPTY_HEAD } from './model/log-head.ts'
import { walkEntries } from './verify-audit-log.ts'

/**
 * Signs the end of a log as it is now, stores the checkpoint and returns it. First verifies all entries since the last
 * checkpoint, so that no two checkpoints ever contradict each other. Returns the last checkpoint if nothing was recorded
 * since and all keys signed it. Throws `AuditLogBroken` for a log that is not intact.
 */
export async function checkpointLog(
  { store, keys, clock }: { store: AuditStore; keys: KeyRing; clock: Clock },
  tenantId: string | null,
): Promise<StoredCheckpoint> {
  const log = keysOfLog(keys, tenantId)
  if (log.signers.length === 0) throw new AuditKeyMissing()
  const last = await store.lastCheckpoint(tenantId)
  const start = last === undefined ? EMPTY_HEAD : startOf(last, log)
  const extent = await store.extent(tenantId)
  const walk = walkLog(tenantId, start, [])
  const broken = await walkEntries({ store, tenantId, walk, extent })
  if (broken !== undefined) throw new AuditLogBroken(broken.sequence, broken.message)
  const { size, lastHash, frontier } = walk
  if (last !== undefined && last.size === size && isSignedByAll(last.note, log)) return last
  const note = signCheckpoint({ origin: log.origin, size, root: rootOf(frontier) }, log.signers)
  const checkpoint: StoredCheckpoint = { size, note, frontier: [...frontier], lastHash, createdAt: toMicrosecond(clock.now()) }
  await store.addCheckpoint(tenantId, checkpoint)
  return checkpoint
}

/** The state of the log at a checkpoint. Its frontier is trusted only because it has the root that was signed. */
function startOf({ note, size, frontier, lastHash }: StoredCheckpoint, { origin, verifiers }: LogKeys): WalkStart {
  const signed = openStored(note, size, { origin, verifiers })
  if (signed.size !== size || !fitsSize(frontier, size) || !sameHash(rootOf(frontier), signed.root)) {
    throw new AuditLogBroken(Math.max(size, 1), 'The stored state of the last checkpoint does not match its signature.')
  }
  return { size, lastHash, frontier }
}

function openStored(note: string, size: number, { origin, verifiers }: Pick<LogKeys, 'origin' | 'verifiers'>) {
  try {
    return openCheckpoint(note, origin, verifiers)
  } catch (error) {
    if (!isDomainError(error)) throw error
    throw new AuditLogBroken(Math.max(size, 1), `The stored checkpoint of size ${size} is not valid: ${error.message}.`)
  }
}

function isSignedByAll(note: string, { signers }: LogKeys): boolean {
  const { signatures } = parseNote(note)
  return signers.every(({ name, keyId }) => signatures.some(signature => signature.name === name && signature.keyId === keyId))
}
