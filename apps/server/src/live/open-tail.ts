import type { NotificationListener } from '@tollgate/postgres'
import type { Log } from '../observability/log.ts'
import { createTail, type Tail, type TailSource } from './tail.ts'

/** A table to follow, and the notification channel for its new rows. */
export interface OpenTailOptions<Row> {
  readonly source: TailSource<Row>
  readonly channel: string
  readonly listener: NotificationListener
  readonly log: Log
}

/** Follows a table. Notifications wake it; after a lost connection it reads the rows whose notifications it missed. */
export async function openTail<Row>({ source, channel, listener, log }: OpenTailOptions<Row>): Promise<Tail<Row> & { stop(): Promise<void> }> {
  const tail = createTail({
    source,
    onError: error => log.warn({ err: error, channel }, 'New rows could not be read for subscribers; trying again.'),
  })
  const listening = await listener.listen(channel, { notification: () => tail.wake(), gap: () => tail.wake() })
  return { ...tail, stop: () => listening.stop() }
}
