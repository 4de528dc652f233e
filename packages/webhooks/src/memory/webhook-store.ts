import { OPERATOR_SCOPE, type Scope, scopeIncludes, Temporal } from '@tollgate/kernel'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { WebhookDelivery } from '../model/webhook-delivery.ts'
import type { WebhookEndpoint } from '../model/webhook-endpoint.ts'
import type { NewDelivery, OutgoingNotification, RedeliverQuery, WebhookStore } from '../webhook-store.ts'
import { createWebhookTables, type StoredDelivery } from './webhook-tables.ts'

/** Webhooks in this process's memory: for tests and examples. */
export function memoryWebhookStore({ scheduler }: { readonly scheduler: AttemptScheduler }): WebhookStore {
  const { endpoints, deliveries, positions, transact } = createWebhookTables()

  const findEndpoint = (scope: Scope, id: string) => {
    const stored = endpoints.get(id)
    return stored !== undefined && sees(scope, stored.endpoint.tenantId) ? stored : undefined
  }
  const visibleDeliveries = (scope: Scope) => [...deliveries.values()].filter(({ delivery }) => sees(scope, delivery.tenantId))

  async function schedule(due: readonly WebhookDelivery[], delayMs = 0): Promise<void> {
    if (due.length === 0) return
    const attempts = due.map(({ id, endpointId, tenantId, attemptCount }) => ({ deliveryId: id, attempt: attemptCount + 1, endpointId, tenantId, delayMs }))
    await scheduler.schedule(attempts, { scope: OPERATOR_SCOPE })
  }

  async function add(drafts: readonly NewDelivery[]): Promise<void> {
    for (const draft of drafts) {
      const { endpointId, notificationId } = draft
      const isDuplicate = [...deliveries.values()].some(one => one.delivery.endpointId === endpointId && one.notificationId === notificationId)
      if (isDuplicate) throw new Error(`The endpoint ${endpointId} already has a delivery of ${notificationId}`)
      deliveries.set(draft.id, { delivery: toDelivery(draft), notificationId, attempts: [] })
    }
    await schedule(drafts.map(toDelivery))
  }

  function select(scope: Scope, query: RedeliverQuery): StoredDelivery[] {
    const visible = visibleDeliveries(scope)
    if ('deliveryId' in query) return visible.filter(({ delivery }) => delivery.id === query.deliveryId)
    return visible
      .filter(({ delivery }) => delivery.endpointId === query.endpointId && delivery.state === 'FAILED')
      .filter(({ delivery: { createdAt } }) => Temporal.Instant.compare(createdAt, query.from) >= 0 && Temporal.Instant.compare(createdAt, query.to) < 0)
      .toSorted((a, b) => (a.delivery.id < b.delivery.id ? -1 : 1))
      .slice(0, query.max)
  }

  return {
    addEndpoint: (endpoint, { secret, max }) =>
      transact(() => {
        const owned = [...endpoints.values()].filter(one => one.endpoint.tenantId === endpoint.tenantId)
        if (owned.length >= max) return false
        endpoints.set(endpoint.id, { endpoint, secret, oldSecret: null })
        return true
      }),
    changeEndpoint: (scope, id, change) =>
      transact(() => {
        const stored = findEndpoint(scope, id)
        if (stored === undefined) return undefined
        const endpoint = change(stored.endpoint)
        endpoints.set(id, { ...stored, endpoint })
        return endpoint
      }),
    changeSecret: (scope, id, { secret, oldUntil }) =>
      transact(() => {
        const stored = findEndpoint(scope, id)
        if (stored === undefined) return undefined
        endpoints.set(id, { ...stored, secret, oldSecret: { secret: stored.secret, until: oldUntil } })
        return stored.endpoint
      }),
    deleteEndpoint: (scope, id) =>
      transact(() => {
        if (findEndpoint(scope, id) === undefined) return false
        endpoints.delete(id)
        for (const [deliveryId, { delivery }] of deliveries) if (delivery.endpointId === id) deliveries.delete(deliveryId)
        return true
      }),
    endpoints: async (scope, { first, after }) =>
      [...endpoints.values()]
        .map(({ endpoint }) => endpoint)
        .filter(({ id, tenantId }) => sees(scope, tenantId) && (after === undefined || id < after))
        .toSorted(newestFirst)
        .slice(0, first),
    endpointsByIds: async (scope, ids) => [...new Set(ids)].flatMap(id => findEndpoint(scope, id)?.endpoint ?? []),

    deliveries: async (scope, { endpointId, state, first, after }) =>
      visibleDeliveries(scope)
        .map(({ delivery }) => delivery)
        .filter(delivery => delivery.endpointId === endpointId && (state === undefined || delivery.state === state))
        .filter(({ id }) => after === undefined || id < after)
        .toSorted(newestFirst)
        .slice(0, first),
    deliveriesByIds: async (scope, ids) =>
      visibleDeliveries(scope)
        .map(({ delivery }) => delivery)
        .filter(({ id }) => ids.includes(id)),
    async attempts(scope, deliveryIds, first) {
      const visible = new Map(visibleDeliveries(scope).map(({ delivery, attempts }) => [delivery.id, attempts]))
      return deliveryIds.map(id => (visible.get(id) ?? []).toReversed().slice(0, first))
    },

    position: async source => positions.get(source),
    fanOut: ({ source, from, to, notifications, at, newId }) =>
      transact(async () => {
        if (positions.get(source) !== from) return undefined
        const enabled = [...endpoints.values()].map(({ endpoint }) => endpoint).filter(endpoint => endpoint.enabled)
        const drafts = notifications.flatMap(notification =>
          enabled.filter(endpoint => receives(endpoint, notification)).map(endpoint => newDelivery(notification, endpoint, { id: newId(), at })),
        )
        await add(drafts)
        positions.set(source, to)
        return drafts.length
      }),
    addDelivery: draft =>
      transact(async () => {
        await add([draft])
        return toDelivery(draft)
      }),

    async pendingDelivery(deliveryId) {
      const delivery = deliveries.get(deliveryId)?.delivery
      const stored = delivery === undefined ? undefined : endpoints.get(delivery.endpointId)
      return delivery === undefined || stored === undefined || delivery.state !== 'PENDING' ? undefined : { delivery, ...stored }
    },
    recordAttempt: ({ deliveryId, attempt, state, failure, retryAfterMs, disable }) =>
      transact(async () => {
        const stored = deliveries.get(deliveryId)
        if (stored === undefined || stored.delivery.state !== 'PENDING' || stored.delivery.attemptCount !== attempt.number - 1) return false
        const delivery: WebhookDelivery = {
          ...stored.delivery,
          state,
          failure,
          attemptCount: attempt.number,
          roundAttemptCount: stored.delivery.roundAttemptCount + 1,
          nextAttemptAt: retryAfterMs === null ? null : attempt.at.add({ milliseconds: attempt.durationMs + retryAfterMs }),
          settledAt: state === 'PENDING' ? null : attempt.at,
        }
        deliveries.set(deliveryId, { ...stored, delivery, attempts: [...stored.attempts, attempt] })
        const owner = endpoints.get(delivery.endpointId)
        if (owner !== undefined) endpoints.set(delivery.endpointId, { ...owner, endpoint: afterAttempt(owner.endpoint, { state, at: attempt.at, disable }) })
        if (retryAfterMs !== null) await schedule([delivery], retryAfterMs)
        return true
      }),
    failDelivery: (deliveryId, { failure, at }) =>
      transact(() => {
        const stored = deliveries.get(deliveryId)
        if (stored?.delivery.state !== 'PENDING') return
        deliveries.set(deliveryId, { ...stored, delivery: { ...stored.delivery, state: 'FAILED', failure, nextAttemptAt: null, settledAt: at } })
      }),
    redeliver: (scope, query) =>
      transact(async () => {
        const restarted = select(scope, query).map(stored => ({
          ...stored,
          delivery: { ...stored.delivery, state: 'PENDING' as const, failure: null, roundAttemptCount: 0, nextAttemptAt: query.at, settledAt: null },
        }))
        for (const stored of restarted) deliveries.set(stored.delivery.id, stored)
        const due = restarted.map(({ delivery }) => delivery)
        await schedule(due)
        return due
      }),
    deleteDeliveries: before =>
      transact(() => {
        const old = [...deliveries.values()].filter(({ delivery }) => Temporal.Instant.compare(delivery.createdAt, before) < 0)
        for (const { delivery } of old) deliveries.delete(delivery.id)
        return old.length
      }),
  }
}

function sees(scope: Scope, tenantId: string | null): boolean {
  return tenantId === null ? scope.kind === 'operator' : scopeIncludes(scope, tenantId)
}

function newestFirst(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? 1 : -1
}

function receives({ tenantId, types, createdAt }: WebhookEndpoint, notification: OutgoingNotification): boolean {
  const isOwner = tenantId === null || tenantId === notification.tenantId
  return isOwner && (types === null || types.includes(notification.type)) && Temporal.Instant.compare(createdAt, notification.occurredAt) <= 0
}

function newDelivery({ id, type, payload }: OutgoingNotification, endpoint: WebhookEndpoint, made: Pick<NewDelivery, 'id' | 'at'>): NewDelivery {
  return { ...made, endpointId: endpoint.id, tenantId: endpoint.tenantId, notificationId: id, type, payload }
}

function toDelivery({ id, endpointId, tenantId, type, payload, at }: NewDelivery): WebhookDelivery {
  const counts = { attemptCount: 0, roundAttemptCount: 0 }
  return { id, endpointId, tenantId, type, payload, state: 'PENDING', failure: null, ...counts, createdAt: at, nextAttemptAt: at, settledAt: null }
}

function afterAttempt(
  endpoint: WebhookEndpoint,
  { state, at, disable }: { state: WebhookDelivery['state']; at: Temporal.Instant; disable: string | null },
): WebhookEndpoint {
  if (state === 'DELIVERED') return { ...endpoint, failingSince: null }
  return {
    ...endpoint,
    failingSince: endpoint.failingSince ?? at,
    enabled: endpoint.enabled && disable === null,
    disabledReason: disable ?? endpoint.disabledReason,
  }
}
