import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'

/** Runs of one background job, on all servers. */
export interface JobBacklog {
  readonly job: string
  /** Runs that are due or will be, that are going on, and that have failed for good. */
  readonly waiting: number
  readonly running: number
  readonly failed: number
  /** How long the oldest run that is due has been waiting. 0 without one. */
  readonly oldestSeconds: number
}

/** What is to be sent, and what was given up. */
export interface OutgoingCount {
  readonly pending: number
  readonly failed: number
}

/** Work that waits in the database. The same for every server. */
export interface Backlog {
  readonly jobs: readonly JobBacklog[]
  readonly webhooks: OutgoingCount
  readonly mails: OutgoingCount
}

const JOBS = `
  select identifier as job,
         count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
         count(*) filter (where locked_at is not null)::int as running,
         count(*) filter (where locked_at is null and attempts >= max_attempts)::int as failed,
         coalesce(max(extract(epoch from now() - run_at)) filter (where locked_at is null and attempts < max_attempts and run_at <= now()), 0)::float8
           as "oldestSeconds"
    from graphile_worker._private_jobs join graphile_worker._private_tasks on _private_tasks.id = task_id
   group by identifier
   order by identifier`

/** Uses the index deliveries_by_state, endpoint by endpoint. */
const WEBHOOKS = `
  select count(*) filter (where state = 'PENDING')::int as pending, count(*) filter (where state = 'FAILED')::int as failed
    from webhooks.deliveries where state in ('PENDING', 'FAILED')`

const MAILS = `
  select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'failed')::int as failed
    from (select state from invoicing.mails where state in ('pending', 'failed')
          union all select state from invoicing.operator_mails where state in ('pending', 'failed')) as mails`

const NONE: OutgoingCount = { pending: 0, failed: 0 }

/** Reads what waits in the database. */
export async function readBacklog(database: Pick<PostgresDatabase, 'query'>): Promise<Backlog> {
  const [jobs, [webhooks = NONE], [mails = NONE]] = await Promise.all([
    database.query<JobBacklog>(OPERATOR_SCOPE, JOBS),
    database.query<OutgoingCount>(OPERATOR_SCOPE, WEBHOOKS),
    database.query<OutgoingCount>(OPERATOR_SCOPE, MAILS),
  ])
  return { jobs, webhooks, mails }
}
