import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { AttemptScheduler, ScheduledAttempt } from '@tollgate/webhooks'

/** The job that makes one attempt of a delivery. */
export const DELIVERY_JOB = 'webhook-delivery'

/** How often a job is run if it fails, for example because the database is down. A failed attempt is not a failed job. */
const MAX_RUNS = 25

const ATTEMPT = defineColumns<ScheduledAttempt>(column => [
  column('delivery_id', 'uuid', ({ deliveryId }) => deliveryId),
  column('attempt', 'integer', ({ attempt }) => attempt),
  column('endpoint_group', 'text', ({ endpointId }) => `endpoint ${endpointId}`),
  column('owner_group', 'text', ({ tenantId }) => (tenantId === null ? 'owner' : `owner ${tenantId}`)),
  column('delay_ms', 'bigint', ({ delayMs }) => delayMs),
])

// One job for each delivery: a later one replaces it.
const ADD_JOBS = `
  select jobs.add_job('${DELIVERY_JOB}', json_build_object('deliveryId', delivery_id, 'attempt', attempt), 'webhook ' || delivery_id,
    array[endpoint_group, owner_group], delay_ms, ${MAX_RUNS})
  from ${ATTEMPT.unnestAs('attempt', 1)}`

/** Schedules attempts as jobs, grouped by endpoint and owner so that a slow receiver delays no other. */
export const attemptJobs: AttemptScheduler<PostgresTransaction> = {
  async schedule(attempts, transaction) {
    await transaction.query(ADD_JOBS, ATTEMPT.values(attempts))
  },
}
