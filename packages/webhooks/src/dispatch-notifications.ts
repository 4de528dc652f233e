import type { Clock } from '@tollgate/kernel'
import type { Notification } from './model/notification.ts'
import { notificationPayload } from './model/webhook-payload.ts'
import type { NotificationSource } from './notification-source.ts'
import type { OutgoingNotification, WebhookStore } from './webhook-store.ts'

/** What dispatching needs. */
export interface DispatchDependencies {
  readonly store: WebhookStore
  readonly sources: readonly NotificationSource[]
  readonly clock: Clock
  readonly newId: () => string
}

/** Notifications that are dispatched in one transaction. */
const BATCH_SIZE = 100

/** Creates deliveries for the new notifications of every source. A source that fails does not stop the others. */
export async function dispatchNotifications({ sources, ...dependencies }: DispatchDependencies): Promise<number> {
  const results = await Promise.allSettled(sources.map(source => dispatchSource(source, dependencies)))
  const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, 'Several notification sources could not be dispatched.')
  return results.reduce((count, result) => count + (result.status === 'fulfilled' ? result.value : 0), 0)
}

/** Creates deliveries for notifications of a sequence, unless the last one was published before. */
export async function publishNotifications(
  { store, clock, newId }: Omit<DispatchDependencies, 'sources'>,
  { sequence, notifications }: { readonly sequence: string; readonly notifications: readonly Notification[] },
): Promise<number> {
  const to = notifications.at(-1)?.cursor
  for (;;) {
    const from = await store.position(sequence)
    if (to === undefined || from === to) return 0
    const count = await store.fanOut({ source: sequence, from, to, notifications: notifications.map(outgoing), at: clock.now(), newId })
    // Undefined when another server was faster: look at the new position.
    if (count !== undefined) return count
  }
}

function outgoing(notification: Notification): OutgoingNotification {
  return { ...notification, payload: notificationPayload(notification) }
}

async function dispatchSource(source: NotificationSource, { store, clock, newId }: Omit<DispatchDependencies, 'sources'>): Promise<number> {
  let count = 0
  for (;;) {
    const from = await store.position(source.name)
    const notifications = await source.read({ after: from === '' ? undefined : from, first: BATCH_SIZE })
    const to = notifications.at(-1)?.cursor
    if (to === undefined) return count
    // Undefined when another server was faster: continue from the new position.
    count += (await store.fanOut({ source: source.name, from, to, notifications: notifications.map(outgoing), at: clock.now(), newId })) ?? 0
  }
}
