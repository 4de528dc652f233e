import { randomUUID } from 'node:crypto'
import type { NotificationListener } from '@tollgate/postgres'

/** Measures how long a notification takes through PostgreSQL, by which servers tell each other of news. */
export interface NotificationProbe {
  /** Sends a notification to itself. Returns the seconds until it arrives; rejects if it cannot be sent. */
  measure(): Promise<number>
  stop(): Promise<void>
}

/** Each server has a channel of its own, so that no other is woken. */
const CHANNEL = `tollgate_probe_${randomUUID().replaceAll('-', '')}`

/** Opens a probe. */
export async function openNotificationProbe(
  listener: Pick<NotificationListener, 'listen'>,
  notify: (channel: string, payload: string) => Promise<void>,
): Promise<NotificationProbe> {
  let arrived: (() => void) | undefined
  const listening = await listener.listen(CHANNEL, { notification: () => arrived?.(), gap: () => {} })
  return {
    async measure() {
      const startedAt = performance.now()
      const { promise, resolve } = Promise.withResolvers<void>()
      arrived = resolve
      await notify(CHANNEL, '')
      await promise
      return (performance.now() - startedAt) / 1_000
    },
    stop: () => listening.stop(),
  }
}
