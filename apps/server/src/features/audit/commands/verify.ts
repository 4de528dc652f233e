import { AuditProofRejected, type AuditVerification, type KeptNotes, readKeptNotes } from '@tollgate/audit'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { counted } from '../../../cli/counted.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { note, print } from '../../../cli/print.ts'
import { showProgress } from '../../../cli/progress.ts'
import { readUserFile, userPath } from '../../../cli/user-file.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { archiveDirectory } from '../archive/archive-directory.ts'
import type { Tollgate } from '../../../tollgate.ts'

/** Options of `tollgate audit verify`. */
export interface VerifyOptions {
  readonly tenant?: string
  readonly checkpoint?: string[]
  readonly checkpoints?: string[]
  readonly archives?: string
}

/** `tollgate audit verify` */
export async function verify({ tenant, checkpoint: notes = [], checkpoints: files = [], archives }: VerifyOptions): Promise<void> {
  const ofThisLog = await Promise.all(notes.map(readUserFile))
  const kept = await readKeptFiles(files)
  const broken = await withTollgate(async ({ audit, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    const keptOf = keptByLog(audit, kept)
    const isOneLog = tenant !== undefined || notes.length > 0
    // Also logs that only a kept checkpoint knows: they were removed as a whole.
    const logs = isOneLog ? [tenant ?? null] : [...new Set([null, ...(await tenantsWithLogs(audit)), ...keptOf.keys()])]
    let count = 0
    for (const log of logs) {
      using progress = showProgress(`Verifying ${nameOf(log)}`, 'events')
      const result = await audit
        .verify({
          tenantId: log,
          files: archives === undefined ? undefined : archiveDirectory(userPath(archives)),
          checkpoints: [...ofThisLog, ...(keptOf.get(log) ?? [])],
          onProgress: ({ verified, total }) => progress.update(verified, total),
        })
        .catch((error: unknown) => {
          if (isOneLog || !(error instanceof AuditProofRejected)) throw error
          return error
        })
      print(result instanceof Error ? `${nameOf(log)}: a kept checkpoint is not valid. ${result.message}.` : describe(log, result))
      if (result instanceof Error || !result.valid) count += 1
    }
    return count
  })
  if (broken > 0) throw new CommandFailed()
}

async function readKeptFiles(files: readonly string[]): Promise<KeptNotes['notes'][]> {
  return Promise.all(
    files.map(async file => {
      const { notes, unreadableLines } = readKeptNotes(await readUserFile(file))
      for (const line of unreadableLines) note(`${file}: line ${line} is not a checkpoint. A crash can cut a line off; anything else is a change.`)
      return notes
    }),
  )
}

/** Returns the kept notes by tenant. Notes of other installations are not used. */
function keptByLog(audit: Tollgate['audit'], files: readonly KeptNotes['notes'][]): Map<string | null, string[]> {
  const byLog = new Map<string | null, string[]>()
  for (const [origin, notes] of files.flatMap(file => [...file])) {
    const log = audit.tenantOf(origin)
    if (log === undefined) note(`Checkpoints of "${origin}" are not used: it is the log of another installation. TOLLGATE_AUDIT_NAME names this one.`)
    else byLog.set(log, [...(byLog.get(log) ?? []), ...notes])
  }
  return byLog
}

function tenantsWithLogs(audit: Tollgate['audit']): Promise<string[]> {
  return everyPage((after: string | undefined) => audit.tenants({ first: 1_000, after }))
}

function describe(log: string | null, { valid, events, archivedEvents, archives, checkpoints, firstInvalid }: AuditVerification): string {
  const inFiles = archives > 0 ? `, ${counted(archives, 'archive')}` : ''
  const before = archivedEvents > 0 ? `. The ${counted(archivedEvents, 'event')} before them are only in archives and were not verified` : ''
  if (valid) return `${nameOf(log)}: intact, ${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}${inFiles}${before}`
  return `${nameOf(log)}: broken at sequence ${firstInvalid?.sequence} (${firstInvalid?.reason}). ${firstInvalid?.message}`
}

function nameOf(log: string | null): string {
  return log === null ? 'installation' : `tenant ${log}`
}
