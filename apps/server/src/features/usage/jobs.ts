import type { PostgresDatabase } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import { ensurePartitions } from '@tollgate/usage/postgres'
import type { Job } from '../../jobs/job.ts'

/** Creates partitions ahead of time, a few times a day. A server that starts creates them before it accepts events. */
export function partitionUpkeep({ database, clock }: { database: PostgresDatabase; clock: Clock }): Job {
  return { name: 'partition-upkeep', schedule: '17 */6 * * *', run: () => ensurePartitions(database, clock.now()) }
}
