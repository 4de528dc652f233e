import type { NotificationListener } from '@tollgate/postgres'
import type { Webhooks } from '@tollgate/webhooks'
import type { Log } from '../../observability/log.ts'

/** What following needs. */
export interface FollowNotificationsOptions {
  readonly listener: NotificationListener
  readonly webhooks: Pick<Webhooks, 'channels' | 'dispatch'>
  readonly log: Log
}

/** Dispatches notifications when their channels are notified, one round at a time. A signal during a round starts one more. */
export async function followNotifications({ listener, webhooks, log }: FollowNotificationsOptions): Promise<{ stop(): Promise<void> }> {
  let running: Promise<void> | undefined
  let again = false

  async function runRounds(): Promise<void> {
    do {
      again = false
      await webhooks
        .dispatch()
        .catch((error: unknown) => log.warn({ err: error }, 'Notifications for webhooks could not be dispatched. Retrying every minute.'))
    } while (again)
    running = undefined
  }
  const wake = () => {
    again = true
    running ??= runRounds()
  }

  const listening = await Promise.all(webhooks.channels.map(channel => listener.listen(channel, { notification: wake, gap: wake })))
  wake() // For notifications from before the server listened.
  return {
    async stop() {
      await Promise.all(listening.map(channel => channel.stop()))
      again = false
      await running
    },
  }
}
