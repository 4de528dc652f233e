import type { Credits } from '@tollgate/credits'
import type { Job } from '../../jobs/job.ts'
import type { Log } from '../../observability/log.ts'

/** Does what has become due in wallets that nobody uses, every minute. */
export function advanceWalletsJob({ credits, log }: { readonly credits: Pick<Credits, 'advance'>; readonly log: Pick<Log, 'error'> }): Job {
  return {
    name: 'credits.advance',
    schedule: '* * * * *',
    async run(_payload, signal) {
      const onFailure = (tenantId: string, error: unknown) =>
        log.error({ err: error, tenantId }, 'What is due in the wallets of a tenant could not be done. Trying again in a minute.')
      await credits.advance({ signal, onFailure })
    },
  }
}
