import type { Clock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import { alertJobs } from '../alerts/alert-jobs.ts'
import type { Tollgate } from '../compose.ts'
import { partitionUpkeep } from '../partition-upkeep.ts'
import { quotaSweep } from '../quotas/quota-sweep.ts'
import { webhookJobs } from '../webhooks/webhook-jobs.ts'
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
