import { AuditProofRejected, type AuditVerification, type KeptNotes, noteVerifier, parseVerifierKey, readKeptNotes, verifyProof } from '@tollgate/audit'
import { period, type Temporal } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { once } from 'node:events'
import { readTextFile } from '../../../cli/read-text-file.ts'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { showProgress } from '../../../cli/progress.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { readEnvironment } from '../../../environment.ts'
import { prepareDataDirectory } from '../../../process/data-directory.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { prepareAuditKey } from '../audit-keys.ts'

interface ExportOptions {
  readonly tenant?: string
  readonly format: 'csv' | 'jsonl'
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate audit` */
export function auditCommand(): Command {
  return new Command('audit')
    .description('Verifies, exports and signs audit logs.')
    .addCommand(
      new Command('verify')
        .description('Verifies audit logs from their first event to their end. Exits with 1 and names the first broken place if a log is not intact.')
        .option('--tenant <id>', 'only the log of this tenant (default: all tenants and the installation)')
        .option('--checkpoint <file...>', 'checkpoints of this log that were kept outside the database; with --tenant, or for the installation without it')
        .option('--checkpoints <file...>', 'files of kept checkpoints of any logs: the file of TOLLGATE_AUDIT_CHECKPOINT_FILE, exports or archives')
        .action(verify),
    )
    .addCommand(
      new Command('export')
        .description('Writes the events of an audit log to stdout, in the order of the log.')
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .addOption(new Option('--format <format>', 'jsonl is exact and can be verified; csv is for spreadsheets').choices(['jsonl', 'csv']).default('jsonl'))
        .option('--from <time>', 'events that occurred at this time or later', instantOption)
        .option('--to <time>', 'and before this time', instantOption)
        .action(exportLog),
    )
    .addCommand(
      new Command('checkpoint')
        .description('Verifies what was recorded since the last checkpoint, and prints a signed checkpoint. Keep it outside the database.')
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(checkpoint),
    )
    .addCommand(
      new Command('prove')
        .description('Prints a proof that an event is in its log, which "audit check-proof" verifies without a server.')
        .argument('<sequence>', 'sequence of the event', wholeNumberOption(1, 999_999_999_999_999))
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(prove),
    )
    .addCommand(
      new Command('check-proof')
        .description('Verifies a proof without a server or database, and prints the event that it proves.')
        .argument('<file>', 'the proof')
        .requiredOption('--key <key...>', 'keys of the log, as "audit keys" prints them')
        .action(checkProof),
    )
    .addCommand(
      new Command('keys')
        .description('Prints the public keys that verify checkpoints and proofs of an audit log.')
        .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
        .action(printKeys),
    )
}

interface VerifyOptions {
  readonly tenant?: string
  readonly checkpoint?: string[]
  readonly checkpoints?: string[]
}

async function verify({ tenant, checkpoint: notes = [], checkpoints: files = [] }: VerifyOptions): Promise<void> {
  const ofThisLog = await Promise.all(notes.map(readTextFile))
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
      const { notes, unreadableLines } = readKeptNotes(await readTextFile(file))
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

function describe(log: string | null, { valid, events, checkpoints, firstInvalid }: AuditVerification): string {
  if (valid) return `${nameOf(log)}: intact, ${counted(events, 'event')}, ${counted(checkpoints, 'checkpoint')}`
  return `${nameOf(log)}: broken at sequence ${firstInvalid?.sequence} (${firstInvalid?.reason}). ${firstInvalid?.message}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function nameOf(log: string | null): string {
  return log === null ? 'installation' : `tenant ${log}`
}

async function exportLog({ tenant, format, from, to }: ExportOptions): Promise<void> {
  await withTollgate(async ({ audit, accounts, clock }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    const range =
      from === undefined && to === undefined ? undefined : period(from ?? clock.now().subtract({ hours: 24 * 36_500 }), to ?? clock.now().add({ hours: 1 }))
    for await (const part of audit.export({ tenantId: tenant ?? null, format, range })) {
      if (!process.stdout.write(part)) await once(process.stdout, 'drain')
    }
  })
}

async function checkpoint({ tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  const signed = await withTollgate(async ({ audit, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    return audit.checkpoint(tenant ?? null)
  })
  process.stdout.write(signed.note)
}

async function prove(sequence: number, { tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  process.stdout.write(await withTollgate(({ audit }) => audit.prove({ tenantId: tenant ?? null, sequence })))
}

async function checkProof(file: string, { key: keys }: { key: string[] }): Promise<void> {
  const parsed = keys.map(parseVerifierKey)
  const verifiers = parsed.map(({ name, publicKey }) => noteVerifier(name, publicKey))
  const { entry, sequence, size } = verifyProof(await readTextFile(file), parsed[0]?.name ?? '', verifiers)
  print(entry)
  note(`The event is entry ${sequence} of ${size} in the log ${parsed[0]?.name}.`)
}

async function printKeys({ tenant }: { tenant?: string }): Promise<void> {
  await prepareKey()
  for (const key of await withTollgate(async ({ audit }) => audit.verifierKeys(tenant ?? null))) print(key)
}

async function prepareKey(): Promise<void> {
  const environment = readEnvironment()
  await prepareDataDirectory(environment.dataDirectory)
  await prepareAuditKey(environment)
}
