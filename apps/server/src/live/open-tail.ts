import type { NotificationListener } from '@tollgate/postgres'
import type { Log } from '../observability/log.ts'
import { createTail, type Tail, type TailSource } from './tail.ts'

/** A table, and the channel that is notified when rows are added to it. */
export interface OpenTailOptions<Row> {
  readonly source: TailSource<Row>
  readonly channel: string
  readonly listener: NotificationListener
  readonly log: Log
}

/** Follows a table, woken by its channel; what a lost connection did not hear is read when it is back. */
export async function openTail<Row>({ source, channel, listener, log }: OpenTailOptions<Row>): Promise<Tail<Row> & { stop(): Promise<void> }> {
  const tail = createTail({
    source,
    onError: error => log.warn({ err: error, channel }, 'New rows could not be read for subscribers; it is tried again.'),
  })
  const listening = await listener.listen(channel, { notification: () => tail.wake(), gap: () => tail.wake() })
  return { ...tail, stop: () => listening.stop() }
}
