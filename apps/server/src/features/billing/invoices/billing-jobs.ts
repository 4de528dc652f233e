import type { Billing } from '@tollgate/invoicing/billing'
import type { TenantClock } from '@tollgate/kernel'
import type { Job } from '../../../jobs/job.ts'
import type { Log } from '../../../observability/log.ts'

/** What the job needs. */
export interface BillingJobDependencies {
  readonly tollgate: { readonly billing: Pick<Billing, 'run' | 'settings'>; readonly clock: TenantClock }
  readonly log: Log
}

/** Bills the periods that have ended, every hour. It stops between two groups of tenants when the server stops; the next run continues. */
export function invoiceJobs({ tollgate: { billing, clock }, log }: BillingJobDependencies): readonly Job[] {
  return [
    {
      name: 'billing.run',
      schedule: '7 * * * *',
      async run(_payload, signal) {
        // Nobody is invoiced before the seller is known.
        if ((await billing.settings()).seller === null) return
        const { tenants, invoices, failures, firstFailures } = await billing.run({ through: clock.now(null), signal })
        if (invoices > 0) log.info({ tenants, invoices }, 'Billed the periods that have ended.')
        if (failures > 0) log.warn({ failures, firstFailures }, 'Some tenants could not be billed; the next run tries again.')
      },
    },
  ]
}
