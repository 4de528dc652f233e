import { ensureAuditPartitions } from '@tollgate/audit/postgres'
import type { Job } from '../../jobs/job.ts'
import type { FeatureDependencies } from '../feature.ts'
import { archiveAuditLogs, firstKeptDay } from './archive/archive-audit-logs.ts'
import { archiveDirectory } from './archive/archive-directory.ts'

/** The jobs of audit logs. */
export function auditJobs({ tollgate, database, clock, log, openOwner, auditArchive }: FeatureDependencies): readonly Job[] {
  return [
    ...(auditArchive === undefined ? [] : [archiveJob({ tollgate, clock, log, openOwner, auditArchive })]),
    { name: 'audit-partition-upkeep', schedule: '23 */6 * * *', run: () => ensureAuditPartitions(database, clock.now()) },
    { name: 'audit-checkpoints', schedule: '*/10 * * * *', run: (_payload, signal) => tollgate.keepAuditCheckpoints(signal) },
    { name: 'audit-activity', schedule: '* * * * *', run: async (_payload, signal) => void (await tollgate.activity.recordMinutes({ signal })) },
  ]
}

type ArchiveDependencies = Pick<FeatureDependencies, 'tollgate' | 'clock' | 'log' | 'openOwner'> & {
  readonly auditArchive: NonNullable<FeatureDependencies['auditArchive']>
}

function archiveJob({ tollgate: { audit }, clock, log, openOwner, auditArchive: { directory, months } }: ArchiveDependencies): Job {
  return {
    name: 'audit-archive',
    schedule: '37 2 * * *',
    async run(_payload, signal) {
      const onMonth = (month: string, archives: number) => log.info({ month, archives }, 'A month of audit logs was archived and removed from the database.')
      await archiveAuditLogs({ audit, files: archiveDirectory(directory), openOwner, signal, onMonth }, firstKeptDay(clock, months))
    },
  }
}
