import type { Job } from '../../jobs/job.ts'
import type { Tollgate } from '../../tollgate.ts'
import { mailJobs } from './mail/mail-jobs.ts'

/** The jobs of billing: e-mails are sent if a mail server is set up. */
export function billingJobs({ mail }: Pick<Tollgate, 'mail'>): readonly Job[] {
  return mail === undefined ? [] : mailJobs(mail)
}
