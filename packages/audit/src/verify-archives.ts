import { isDomainError } from '@tollgate/kernel'
import type { ArchiveFiles } from './archive-files.ts'
import { archivedStart } from './archived-start.ts'
import { readExport } from './engine/export/check-export.ts'
import type { LogWalk, WalkStart } from './engine/walk-log.ts'
import type { LogKeys } from './log-keys.ts'
import type { LogArchive } from './model/log-archive.ts'
import type { BrokenPlace } from './model/verification.ts'

/** Walks over the archives of a log, from its first entry. Returns the first broken place. */
export async function walkArchives(
  archives: readonly LogArchive[],
  { files, walk, log }: { readonly files: ArchiveFiles; readonly walk: LogWalk; readonly log: LogKeys },
): Promise<BrokenPlace | undefined> {
  for (const archive of archives) {
    const broken = (message: string): BrokenPlace => ({
      sequence: walk.size + 1,
      lastSequence: archive.lastSequence,
      reason: 'archive',
      message: `The archive ${archive.file} ${message}.`,
    })
    const file = await files.open(archive.file)
    if (file === undefined) return broken('is missing')
    const start: WalkStart = { size: walk.size, lastHash: walk.lastHash, frontier: [...walk.frontier] }
    const reader = readExport(of => (of === log.origin ? log.verifiers : []))
    try {
      for await (const line of file.lines()) {
        const entry = reader.read(line)
        if (entry === undefined) continue
        if (entry.sequence !== walk.size + 1 || entry.previousHash !== walk.lastHash) return broken(`does not continue the log at sequence ${walk.size + 1}`)
        const rewritten = walk.add(entry)
        if (rewritten !== undefined) return rewritten
      }
    } catch (error) {
      return broken(`was changed. ${isDomainError(error) ? error.message : 'It cannot be read'}`)
    }
    if (!reader.isComplete || walk.size !== archive.lastSequence || reader.events !== archive.lastSequence - start.size) return broken('is not complete')
    if (file.sha256 !== archive.sha256) return broken('was changed: it has another SHA-256')
    const stored = stateOf(archive, log)
    if (stored === undefined || stored.lastHash !== walk.lastHash) return broken('has a stored state that does not match it')
  }
  return undefined
}

/** Returns the state after an archive; undefined if it does not match its signature. */
export function stateOf(archive: LogArchive, log: LogKeys): WalkStart | undefined {
  try {
    return archivedStart(archive, log)
  } catch (error) {
    if (isDomainError(error)) return undefined
    throw error
  }
}

/** Returns the first archive of which the file is missing or has another SHA-256. */
export async function checkFiles(archives: readonly LogArchive[], files: ArchiveFiles): Promise<BrokenPlace | undefined> {
  for (const { file, sha256, firstSequence, lastSequence } of archives) {
    const found = await files.open(file)
    if (found?.sha256 === sha256) continue
    const message = `The archive ${file} ${found === undefined ? 'is missing' : 'was changed: it has another SHA-256'}.`
    return { sequence: firstSequence, lastSequence, reason: 'archive', message }
  }
  return undefined
}
