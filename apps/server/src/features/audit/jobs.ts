import { ensureAuditPartitions } from '@tollgate/audit/postgres'
import type { Job } from '../../jobs/job.ts'
import type { FeatureDependencies } from '../feature.ts'

/** The jobs of audit logs. */
export function auditJobs({ tollgate, database, clock }: Pick<FeatureDependencies, 'tollgate' | 'database' | 'clock'>): readonly Job[] {
  return [
    { name: 'audit-partition-upkeep', schedule: '23 */6 * * *', run: () => ensureAuditPartitions(database, clock.now()) },
    { name: 'audit-checkpoints', schedule: '*/10 * * * *', run: (_payload, signal) => tollgate.keepAuditCheckpoints(signal) },
    { name: 'audit-activity', schedule: '* * * * *', run: async (_payload, signal) => void (await tollgate.activity.recordMinutes({ signal })) },
  ]
}
