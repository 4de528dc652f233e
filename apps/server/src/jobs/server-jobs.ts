import type { PostgresDatabase } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import { alertJobs } from '../features/alerts/jobs.ts'
import type { Tollgate } from '../compose.ts'
import { partitionUpkeep } from '../features/usage/jobs.ts'
import { quotaSweep } from '../features/quotas/jobs.ts'
import { webhookJobs } from '../features/webhooks/jobs.ts'
import type { Job } from './job.ts'

/** What the jobs work on. */
export interface ServerJobsDependencies {
  readonly tollgate: Tollgate
  readonly database: PostgresDatabase
  readonly clock: Clock
}

/** Every job of the server. Commands run none. */
export function serverJobs({ tollgate, database, clock }: ServerJobsDependencies): readonly Job[] {
  return [partitionUpkeep({ database, clock }), quotaSweep(tollgate.quotas), ...alertJobs(tollgate.alerts), ...webhookJobs(tollgate.webhooks)]
}
