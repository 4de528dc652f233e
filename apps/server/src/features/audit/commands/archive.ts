import { Temporal } from '@tollgate/kernel'
import { Command, InvalidArgumentError } from 'commander'
import { counted } from '../../../cli/counted.ts'
import { note } from '../../../cli/print.ts'
import { userPath } from '../../../cli/user-file.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { archiveAuditLogs, firstKeptDay } from '../archive/archive-audit-logs.ts'
import { archiveDirectory } from '../archive/archive-directory.ts'
import { prepareKey } from './prepare-key.ts'

/** `tollgate audit archive` */
export function archiveCommand(): Command {
  return new Command('archive')
    .description('Writes old months of the audit logs of tenants to files and removes them from the database. The logs stay verifiable.')
    .requiredOption('--before <month>', 'months before this one, such as 2025-11; it must be at least 12 months ago', monthOption)
    .requiredOption('--directory <directory>', 'directory of the files')
    .action(archive)
}

const MIN_MONTHS = 12

async function archive({ before, directory }: { before: Temporal.PlainDate; directory: string }): Promise<void> {
  await prepareKey()
  await withTollgate(async ({ audit, clock }, _environment, { openOwner }) => {
    const latest = firstKeptDay(clock, MIN_MONTHS)
    if (Temporal.PlainDate.compare(before, latest) > 0)
      throw new Error(`--before must be ${latest.toString().slice(0, 7)} or earlier: ${MIN_MONTHS} months stay in the database.`)
    let months = 0
    const onMonth = (month: string, archives: number) => {
      months += 1
      note(`${month.slice(0, 7)}: archived ${counted(archives, 'log')} and removed the month from the database.`)
    }
    await archiveAuditLogs({ audit, files: archiveDirectory(userPath(directory)), openOwner, onMonth }, before)
    if (months === 0) note(`No log has events that were recorded before ${before.toString().slice(0, 7)}. Nothing was archived.`)
  })
}

function monthOption(text: string): Temporal.PlainDate {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('It must be a month, such as 2025-11.')
  return Temporal.PlainDate.from(`${text}-01`)
}
