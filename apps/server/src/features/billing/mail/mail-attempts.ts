import type { MailScheduler, ScheduledMail } from '@tollgate/invoicing/mail'
import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'

/** The job that makes one attempt to send an e-mail. */
export const MAIL_JOB = 'mail-delivery'

/** How often a job is run if it fails, for example because the database is down. A failed attempt is not a failed job. */
const MAX_RUNS = 25

const ATTEMPT = defineColumns<ScheduledMail>(column => [
  column('tenant', 'text', ({ tenantId }) => tenantId),
  column('mail_id', 'uuid', ({ id }) => id),
  column('attempt', 'integer', ({ attempt }) => attempt),
  column('owner_group', 'text', ({ tenantId }) => (tenantId === null ? 'owner' : `owner ${tenantId}`)),
  column('delay_ms', 'bigint', ({ delayMs }) => delayMs),
])

// One job for each e-mail: a later one replaces it.
const ADD_JOBS = `
  select jobs.add_job('${MAIL_JOB}', json_build_object('tenantId', tenant, 'id', mail_id, 'attempt', attempt), 'mail ' || mail_id,
    array[owner_group], delay_ms, ${MAX_RUNS})
  from ${ATTEMPT.unnestAs('attempt', 1)}`

/** Schedules attempts as jobs, grouped by tenant, so that many e-mails of one delay no other. */
export const mailAttempts: MailScheduler<PostgresTransaction> = {
  async schedule(attempts, transaction) {
    await transaction.query(ADD_JOBS, ATTEMPT.values(attempts))
  },
}
