import { type Clock, InvalidInput, toMicrosecond } from '@tollgate/kernel'
import type { ArchiveFiles } from './archive-files.ts'
import type { AuditStore, EntryPosition } from './audit-store.ts'
import { signCheckpoint } from './engine/checkpoint-text.ts'
import { endLine, entryLine, headerLine, skippedLine } from './engine/export/export-lines.ts'
import { rootOf } from './engine/merkle/merkle-tree.ts'
import { walkLog } from './engine/walk-log.ts'
import { END_OF_TIME } from './export-events.ts'
import { archivedStart } from './archived-start.ts'
import { checkFiles } from './verify-archives.ts'
import { type KeyRing, keysOfLog } from './log-keys.ts'
import { AuditKeyMissing, AuditLogBroken } from './model/errors.ts'
import type { LogArchive } from './model/log-archive.ts'

/** Which month of a log to archive. */
export interface ArchiveRequest {
  readonly tenantId: string
  /** The first day of the month (UTC): "2025-11-01". */
  readonly month: string
  readonly files: ArchiveFiles
}

/** What archiving needs. */
export interface ArchiveDependencies {
  readonly store: AuditStore
  readonly keys: KeyRing
  readonly clock: Clock
}

const PAGE_ENTRIES = 500
const FIRST_OF_MONTH = /^\d{4}-(?:0[1-9]|1[0-2])-01$/

/**
 * Verifies the entries that a log recorded in a month, writes them to a file and remembers it, with a signed checkpoint.
 * Months are archived in their order. Returns undefined if there is nothing to archive. Throws `AuditLogBroken` for a log
 * that is not intact. An interrupted call leaves nothing but a file that the next one replaces.
 */
export async function archiveMonth({ store, keys, clock }: ArchiveDependencies, { tenantId, month, files }: ArchiveRequest): Promise<LogArchive | undefined> {
  if (!FIRST_OF_MONTH.test(month)) throw new InvalidInput([{ path: 'month', message: 'must be the first day of a month, such as "2025-11-01"' }])
  const log = keysOfLog(keys, tenantId)
  if (log.signers.length === 0) throw new AuditKeyMissing()
  const last = await store.lastSequenceOf(tenantId, month)
  const archives = await store.archives(tenantId)
  const start = archivedStart(archives.at(-1), log)
  if (last <= start.size) {
    await requireFiles(
      archives.filter(archive => archive.month === month && !archive.isDropped),
      files,
    )
    return undefined
  }
  const walk = walkLog(tenantId, start, [])
  const file = `${encodeURIComponent(tenantId)}/${month.slice(0, 7)}.jsonl.gz`

  async function* lines(): AsyncGenerator<string, void, undefined> {
    yield `${headerLine(keys.installation, tenantId, {})}\n`
    if (start.size > 0) yield `${skippedLine(start.size, start.frontier)}\n`
    let after: EntryPosition = { sequence: start.size, recordedAt: END_OF_TIME }
    while (walk.size < last) {
      const page = await store.entries(tenantId, { first: PAGE_ENTRIES, after, upTo: last })
      let text = ''
      for (const [i, entry] of page.entries()) {
        const broken = walk.fits(entry) ? walk.add(entry) : walk.diagnose(page.slice(i))
        if (broken !== undefined) throw new AuditLogBroken(broken.sequence, broken.message)
        text += `${entryLine(entry)}\n`
      }
      after = page.at(-1) ?? after
      if (page.length === 0) throw new AuditLogBroken(walk.size + 1, 'Entries are missing.')
      yield text
    }
    yield `${endLine(last - start.size, note())}\n`
  }
  const note = () => signCheckpoint({ origin: log.origin, size: walk.size, root: rootOf(walk.frontier) }, log.signers)

  const sha256 = await files.write(file, lines())
  const archive: LogArchive = {
    month,
    firstSequence: start.size + 1,
    lastSequence: last,
    file,
    sha256,
    note: note(),
    frontier: [...walk.frontier],
    lastHash: walk.lastHash ?? '',
    archivedAt: toMicrosecond(clock.now()),
    isDropped: false,
  }
  // Reads back what was written, because the entries may be removed from now on.
  await requireFiles([archive], files)
  await store.addArchive(tenantId, archive)
  return archive
}

async function requireFiles(archives: readonly LogArchive[], files: ArchiveFiles): Promise<void> {
  const broken = await checkFiles(archives, files)
  if (broken !== undefined) throw new AuditLogBroken(broken.sequence, broken.message)
}
