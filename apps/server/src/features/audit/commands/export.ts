import { checkExport, csvReport, type ExportFormat, noteVerifier, parseVerifierKey } from '@tollgate/audit'
import type { Temporal } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { once } from 'node:events'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { instantOption } from '../../../cli/options.ts'
import { print } from '../../../cli/print.ts'
import { readLines } from '../../../cli/read-lines.ts'
import { UnreadableFile, userPath } from '../../../cli/user-file.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { ALL_TIMES, EXPORT_LISTS, exportRange } from '../download/export-request.ts'

interface ExportOptions {
  readonly tenant?: string
  readonly format: ExportFormat
  readonly report: keyof typeof EXPORT_LISTS | 'audit-report'
  readonly family?: string[]
  readonly personalData?: boolean
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate audit export` */
export function exportCommand(): Command {
  return new Command('export')
    .description('Writes the events of an audit log to stdout, in the order of the log.')
    .option('--tenant <id>', 'log of this tenant (default: log of the installation)')
    .addOption(new Option('--format <format>', 'jsonl is exact and can be verified; csv is for spreadsheets').choices(['jsonl', 'csv']).default('jsonl'))
    .addOption(
      new Option('--report <report>', 'which events; audit-report counts them instead')
        .choices([...Object.keys(EXPORT_LISTS), 'audit-report'])
        .default('audit-trail'),
    )
    .option('--family <family...>', 'only events of these families')
    .option('--personal-data', 'export readable personal data, which a later erasure cannot remove from the file (default: encrypted; csv omits it)')
    .option('--from <time>', 'only events that occurred at this time or later', instantOption)
    .option('--to <time>', 'only events that occurred before this time', instantOption)
    .action(exportLog)
}

/** `tollgate audit check-export` */
export function checkExportCommand(): Command {
  return new Command('check-export')
    .description('Verifies an export in JSON Lines without a server or database. Exits with 1 and names the first broken line.')
    .argument('<file>', 'the export, compressed with gzip or not')
    .requiredOption('--key <key...>', 'keys of the log, as "audit keys" prints them')
    .action(checkFile)
}

async function exportLog({ tenant, format, report, family, personalData = false, from, to }: ExportOptions): Promise<void> {
  await withTollgate(async ({ audit, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    const [tenantId, range] = [tenant ?? null, exportRange(from, to)]
    if (report === 'audit-report') {
      const counts = await audit.report({ tenantId, range: range ?? ALL_TIMES })
      process.stdout.write(format === 'csv' ? csvReport(counts) : `${JSON.stringify(counts)}\n`)
      return
    }
    const filter = { ...(family !== undefined && { families: family }) }
    for await (const part of audit.export({
      tenantId,
      format,
      range,
      select: EXPORT_LISTS[report],
      filter,
      personalData: personalData ? 'readable' : 'encrypted',
    })) {
      if (process.stdout.write(part)) continue
      try {
        await once(process.stdout, 'drain')
      } catch {
        return // The reader, such as `head`, has closed the pipe.
      }
    }
  })
}

async function checkFile(file: string, { key: keys }: { key: string[] }): Promise<void> {
  const parsed = keys.map(parseVerifierKey)
  const { valid, log, events, skipped, problem } = await checkExport(linesOf(file), origin =>
    parsed.filter(({ name }) => name === origin).map(({ name, publicKey }) => noteVerifier(name, publicKey)),
  )
  if (!valid) {
    print(`${file}: broken at line ${problem?.line}, sequence ${problem?.sequence}. ${problem?.message}`)
    throw new CommandFailed()
  }
  const others = skipped === 0 ? '' : ` ${skipped} other events of the log are not in the file.`
  print(`${file}: intact. Its ${events} events are in the log ${log} of ${events + skipped} events that the checkpoint signs.${others}`)
}

async function* linesOf(file: string): AsyncGenerator<string, void, undefined> {
  try {
    yield* readLines(userPath(file))
  } catch (cause) {
    throw new UnreadableFile(file, cause as Error)
  }
}
