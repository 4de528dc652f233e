import type { Credits } from '@tollgate/credits'
import type { Job } from '../../jobs/job.ts'
import type { Log } from '../../observability/log.ts'

/** What the jobs need. */
interface CreditJobDependencies {
  readonly credits: Pick<Credits, 'advance' | 'recordAlerts' | 'runTopUps' | 'verifyDue'>
  readonly log: Pick<Log, 'error'>
}

/** Does what has become due in wallets that nobody uses, follows top-ups and audits alerts, every minute, and verifies the ledger of each tenant once a day. */
export function creditJobs({ credits, log }: CreditJobDependencies): readonly Job[] {
  return [
    {
      name: 'credits.advance',
      schedule: '* * * * *',
      async run(_payload, signal) {
        const onFailure = (tenantId: string, error: unknown) =>
          log.error({ err: error, tenantId }, 'What is due in the wallets of a tenant could not be done. Trying again in a minute.')
        await credits.advance({ signal, onFailure })
      },
    },
    {
      name: 'credits.top-ups',
      schedule: '* * * * *',
      async run(_payload, signal) {
        const onFailure = (tenantId: string, error: unknown) =>
          log.error({ err: error, tenantId }, 'A top-up of credits could not be processed. Trying again later.')
        await credits.runTopUps({ signal, onFailure })
      },
    },
    {
      name: 'credits.audit-alerts',
      schedule: '* * * * *',
      async run(_payload, signal) {
        const onFailure = (tenantId: string, error: unknown) =>
          log.error({ err: error, tenantId }, 'Credit alerts could not be written to the audit log. Trying again in a minute.')
        await credits.recordAlerts({ signal, onFailure })
      },
    },
    {
      name: 'credits.verify',
      schedule: '29 * * * *',
      // Verification may read millions of entries. It runs apart from other jobs so that it does not delay them.
      concurrency: 1,
      async run(_payload, signal) {
        await credits.verifyDue({
          signal,
          onDifference: ({ message, ...wallet }) =>
            log.error(
              wallet,
              `A ledger of credits does not add up. ${message} Something other than Tollgate has changed the database: list all differences with "tollgate credits verify --tenant ${wallet.tenantId}" and compare with a backup.`,
            ),
          onFailure: (tenantId, error) => log.error({ err: error, tenantId }, 'The ledger of a tenant could not be verified. Trying again in an hour.'),
        })
      },
    },
  ]
}
