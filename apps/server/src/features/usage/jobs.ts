import type { PostgresDatabase } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import { ensurePartitions } from '@tollgate/usage/postgres'
import type { Job } from '../../jobs/job.ts'

/** Makes partitions ahead, a few times a day. At the start of a server they are made before anything is recorded. */
export function partitionUpkeep({ database, clock }: { database: PostgresDatabase; clock: Clock }): Job {
  return { name: 'partition-upkeep', schedule: '17 */6 * * *', run: () => ensurePartitions(database, clock.now()) }
}
