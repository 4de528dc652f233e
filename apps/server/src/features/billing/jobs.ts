import type { Job } from '../../jobs/job.ts'
import type { Log } from '../../observability/log.ts'
import type { Tollgate } from '../../tollgate.ts'
import { mailJobs } from './mail/mail-jobs.ts'
import { subscriptionChanges } from './subscription-jobs.ts'

/** The jobs of billing. E-mails are sent if a mail server is set up. */
export function billingJobs(
  { mail, collections, subscriptions }: Pick<Tollgate, 'mail' | 'collections' | 'subscriptions'>,
  log: Pick<Log, 'error'>,
): readonly Job[] {
  return [
    subscriptionChanges(subscriptions, log),
    // Apart from other jobs, so that a run over many tenants does not delay them.
    { name: 'collections', schedule: '23 * * * *', concurrency: 1, run: async (_payload, signal) => void (await collections.run({ signal })) },
    ...(mail === undefined ? [] : mailJobs(mail)),
  ]
}
