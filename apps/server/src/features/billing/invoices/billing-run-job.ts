import type { BillingRuns } from '@tollgate/invoicing/billing'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import { z } from 'zod'
import type { Job } from '../../../jobs/job.ts'
import type { Log } from '../../../observability/log.ts'

/** The job that works on a billing run. */
const RUN_JOB = 'billing.stored-run'
/** A server that stops, or is killed, leaves the run to another one. */
const ATTEMPTS = 25
const ADD_JOB = 'select jobs.add_job($1, $2, $3, null, 0, $4)'

const PAYLOAD = z.object({ runId: z.uuid() })

/** Adds the job of a run. One that waits for it already is kept. */
export async function addBillingRun(database: PostgresDatabase, runId: string): Promise<void> {
  await database.query(OPERATOR_SCOPE, ADD_JOB, [RUN_JOB, JSON.stringify({ runId }), `${RUN_JOB} ${runId}`, ATTEMPTS])
}

/** Works on billing runs, one after the other. A run that was interrupted is continued after the last tenants that are done. */
export function billingRunJob({ billingRuns, log }: { readonly billingRuns: Pick<BillingRuns, 'work'>; readonly log: Log }): Job {
  return {
    name: RUN_JOB,
    concurrency: 1,
    retries: ATTEMPTS - 1,
    async run(payload, signal) {
      const { runId } = PAYLOAD.parse(payload)
      const run = await billingRuns.work(runId, { signal })
      if (run === undefined) return
      const { state, total, tenants, invoices, failures } = run
      if (state === 'interrupted') throw new Error(`The billing run ${runId} was interrupted after ${tenants} of ${total ?? 0} tenants; it is continued.`)
      log.info({ runId, tenants, invoices, failures }, 'Finished a billing run.')
    },
  }
}
