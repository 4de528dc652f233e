import type { Job } from '../../../jobs/job.ts'
import type { Mail } from './compose-mail.ts'
import { MAIL_JOB } from './mail-attempts.ts'

/** E-mails that one server sends at the same time: in total, and of one tenant. */
const CONCURRENCY = 4
const OWNER_CONCURRENCY = 2

/** Sends e-mails, and writes those of new alerts every minute. */
export function mailJobs({ mailbox, sendAlerts }: Pick<Mail, 'sendAlerts'> & { readonly mailbox: Pick<Mail['mailbox'], 'deliver'> }): readonly Job[] {
  return [
    {
      name: MAIL_JOB,
      concurrency: CONCURRENCY,
      groupConcurrency: { owner: OWNER_CONCURRENCY },
      run: (payload, signal) => mailbox.deliver(payload as { tenantId: string | null; id: string; attempt: number }, signal),
    },
    { name: 'mail-alerts', schedule: '* * * * *', run: async () => void (await sendAlerts()) },
  ]
}
