import { ensureAuditPartitions } from '@tollgate/audit/postgres'
import type { Clock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { Job } from '../../jobs/job.ts'

/** Creates partitions of audit events ahead of time, a few times a day. */
export function auditPartitionUpkeep({ database, clock }: { database: PostgresDatabase; clock: Clock }): Job {
  return { name: 'audit-partition-upkeep', schedule: '23 */6 * * *', run: () => ensureAuditPartitions(database, clock.now()) }
}
