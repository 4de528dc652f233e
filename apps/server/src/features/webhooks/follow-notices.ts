import type { NotificationListener } from '@tollgate/postgres'
import type { Log } from '../../observability/log.ts'
import type { Webhooks } from '../../webhooks/webhooks.ts'

/** What is followed, and what is then done. */
export interface FollowNoticesOptions {
  readonly listener: NotificationListener
  readonly webhooks: Pick<Webhooks, 'channels' | 'dispatch'>
  readonly log: Log
}

/** Takes notices over as they are told, one round at a time: what is told meanwhile makes for one more. */
export async function followNotices({ listener, webhooks, log }: FollowNoticesOptions): Promise<{ stop(): Promise<void> }> {
  let running: Promise<void> | undefined
  let again = false

  async function rounds(): Promise<void> {
    do {
      again = false
      await webhooks
        .dispatch()
        .catch((error: unknown) => log.warn({ err: error }, 'Notices could not be taken over for webhooks; it is tried again each minute.'))
    } while (again)
    running = undefined
  }
  const wake = () => {
    again = true
    running ??= rounds()
  }

  const heard = await Promise.all(webhooks.channels.map(channel => listener.listen(channel, { notification: wake, gap: wake })))
  wake() // What was told while nobody listened.
  return {
    async stop() {
      await Promise.all(heard.map(one => one.stop()))
      again = false
      await running
    },
  }
}
