import type { NotificationListener } from '@tollgate/postgres'
import type { Webhooks } from '@tollgate/webhooks'
import type { Log } from '../../observability/log.ts'

/** What following needs. */
export interface FollowNotificationsOptions {
  readonly listener: NotificationListener
  readonly webhooks: Pick<Webhooks, 'channels' | 'dispatch'>
  readonly log: Log
}

/** Dispatches the notifications of channels that are notified, one round at a time. A signal during a round starts one more. */
export async function followNotifications({ listener, webhooks, log }: FollowNotificationsOptions): Promise<{ stop(): Promise<void> }> {
  let running: Promise<void> | undefined
  const notified = new Set<string>()

  async function runRounds(): Promise<void> {
    while (notified.size > 0) {
      const channels = new Set(notified)
      notified.clear()
      await webhooks
        .dispatch(channels)
        .catch((error: unknown) => log.warn({ err: error }, 'Notifications for webhooks could not be dispatched. Retrying every minute.'))
    }
    running = undefined
  }
  function wake(...channels: readonly string[]): void {
    for (const channel of channels) notified.add(channel)
    running ??= runRounds()
  }

  const listening = await Promise.all(
    webhooks.channels.map(channel => listener.listen(channel, { notification: () => wake(channel), gap: () => wake(channel) })),
  )
  wake(...webhooks.channels) // For notifications from before the server listened.
  return {
    async stop() {
      await Promise.all(listening.map(channel => channel.stop()))
      notified.clear()
      await running
    },
  }
}
