import { InvalidInput, isDomainError } from '@tollgate/kernel'
import type { ArchiveFiles } from './archive-files.ts'
import type { AuditStore } from './audit-store.ts'
import { openCheckpoint } from './engine/checkpoint-text.ts'
import { rootOf } from './engine/merkle/merkle-tree.ts'
import { type KnownRoot, type LogExtent, type LogWalk, walkLog, type WalkStart } from './engine/walk-log.ts'
import { type KeyRing, keysOfLog, type LogKeys } from './log-keys.ts'
import type { LogArchive } from './model/log-archive.ts'
import { EMPTY_HEAD } from './model/log-head.ts'
import type { AuditVerification, BrokenPlace } from './model/verification.ts'
import { readEntries } from './read-entries.ts'
import { checkFiles, stateOf, walkArchives } from './verify-archives.ts'

/** How far a verification is. */
export interface VerificationProgress {
  readonly verified: number
  readonly total: number
}

/** What to verify. */
export interface VerifyRequest {
  readonly tenantId: string | null
  /** Signed checkpoints that were kept outside the store. Without any, a log that was replaced as a whole looks intact. */
  readonly checkpoints?: readonly string[] | undefined
  /** Files of the archives, to verify them too. Without them, verification starts after the last archive whose entries were removed. */
  readonly files?: ArchiveFiles | undefined
  /** Throws `InvalidInput` for a log with more events. Defaults to no limit. */
  readonly maxEvents?: number | undefined
  readonly onProgress?: ((progress: VerificationProgress) => void) | undefined
}

const PAGE_CHECKPOINTS = 1_000

/** Verifies a log from its first entry to its end, against its stored checkpoints and those that the caller kept. */
export async function verifyAuditLog(
  store: AuditStore,
  keys: KeyRing,
  { tenantId, checkpoints = [], files, maxEvents = Infinity, onProgress }: VerifyRequest,
): Promise<AuditVerification> {
  const log = keysOfLog(keys, tenantId)
  const kept = checkpoints.map(note => openCheckpoint(note, log.origin, log.verifiers))
  const stored = await storedRoots(store, tenantId, log)
  const roots = [...kept, ...stored.roots].sort((a, b) => a.size - b.size)
  const extent = await store.extent(tenantId)
  const archives = await store.archives(tenantId)
  const dropped = archives.filter(({ isDropped }) => isDropped)
  const lastDropped = dropped.at(-1)
  if (extent.lastSequence - (lastDropped?.lastSequence ?? 0) > maxEvents) {
    const events = (count: number) => count.toLocaleString('en')
    const message = `names a log of ${events(extent.lastSequence)} events. At most ${events(maxEvents)} can be verified here; verify it from the command line`
    throw new InvalidInput([{ path: 'tenantId', message }])
  }
  const start = files !== undefined || lastDropped === undefined ? EMPTY_HEAD : stateOf(lastDropped, log)
  if (start === undefined) return { ...NOTHING_VERIFIED, firstInvalid: brokenState(lastDropped) }
  const walk = walkLog(tenantId, start, roots)
  const inFiles = files === undefined ? undefined : await walkArchives(dropped, { files, walk, log })
  const inStore = inFiles ?? (await walkEntries({ store, tenantId, walk, extent, onProgress }))
  // Entries of these archives are in the store too, and were verified there.
  const rest = archives.filter(({ isDropped }) => !isDropped)
  const firstInvalid = inStore ?? (files === undefined ? undefined : await checkFiles(rest, files)) ?? stored.unreadable ?? null
  return {
    valid: firstInvalid === null,
    events: walk.size - start.size,
    archivedEvents: start.size,
    archives: files === undefined || firstInvalid?.reason === 'archive' ? 0 : archives.length,
    checkpoints: walk.checkpoints,
    firstInvalid,
  }
}

const NOTHING_VERIFIED = { valid: false, events: 0, archivedEvents: 0, archives: 0, checkpoints: 0 } as const

function brokenState(archive: LogArchive | undefined): BrokenPlace {
  const sequence = archive?.lastSequence ?? 1
  return { sequence, lastSequence: sequence, reason: 'archive', message: `The stored state of the archive ${archive?.file} does not match its signature.` }
}

/** A walk over the entries of a store. */
export interface StoreWalk {
  readonly store: AuditStore
  readonly tenantId: string | null
  readonly walk: LogWalk
  readonly extent: LogExtent
  readonly onProgress?: VerifyRequest['onProgress']
  readonly start?: WalkStart
}

/** Walks to the end of a log. Returns the first broken place, if any. */
export async function walkEntries({ store, tenantId, walk, extent, onProgress }: StoreWalk): Promise<BrokenPlace | undefined> {
  const total = extent.head.size
  // The first entry after this size, whatever came before it.
  let after = walk.size === 0 ? undefined : await positionOf(store, tenantId, walk.size)
  for await (const page of readEntries(store, tenantId, { after })) {
    const [first] = page
    // What the start signed was removed, and what is left is no continuation of it. All of the log says where it breaks.
    if (walk.size > 0 && after === undefined && first !== undefined && first.sequence <= walk.size) {
      return walkEntries({ store, tenantId, extent, walk: walkLog(tenantId, EMPTY_HEAD, [rootAt(walk)]) })
    }
    for (const [i, entry] of page.entries()) {
      // Recorded after the extent was read.
      if (entry.sequence > extent.lastSequence) return walk.end(extent)
      if (!walk.fits(entry)) {
        const following = await store.entries(tenantId, { first: PAGE_CHECKPOINTS, after: page.at(-1) })
        return walk.diagnose([...page.slice(i), ...following])
      }
      const broken = walk.add(entry)
      if (broken !== undefined) return broken
    }
    after = page.at(-1)
    onProgress?.({ verified: walk.size, total: Math.max(total, walk.size) })
  }
  return walk.end(extent)
}

/** The root that is signed for where a walk starts. */
function rootAt({ size, frontier }: LogWalk): KnownRoot {
  return { size, root: rootOf(frontier) }
}

async function positionOf(store: AuditStore, tenantId: string | null, sequence: number) {
  const [entry] = await store.entriesBySequence(tenantId, [sequence])
  return entry
}

async function storedRoots(
  store: AuditStore,
  tenantId: string | null,
  { origin, verifiers }: LogKeys,
): Promise<{ roots: KnownRoot[]; unreadable?: BrokenPlace }> {
  const roots: KnownRoot[] = []
  let unreadable: BrokenPlace | undefined
  // Without a key, nothing can be said about signatures.
  if (verifiers.length === 0) return { roots }
  let page = await store.checkpoints(tenantId, { first: PAGE_CHECKPOINTS })
  for (;;) {
    for (const { size, note } of page.items) {
      try {
        roots.push(openCheckpoint(note, origin, verifiers))
      } catch (error) {
        if (!isDomainError(error)) throw error
        const sequence = Math.max(size, 1)
        unreadable ??= {
          sequence,
          lastSequence: sequence,
          reason: 'checkpoint',
          message: `The stored checkpoint of size ${size} is not valid: ${error.message}.`,
        }
      }
    }
    const after = page.items.at(-1)
    if (!page.hasMore || after === undefined) return unreadable === undefined ? { roots } : { roots, unreadable }
    page = await store.checkpoints(tenantId, { first: PAGE_CHECKPOINTS, after })
  }
}
