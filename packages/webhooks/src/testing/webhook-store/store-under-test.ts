import { countingIds, Temporal } from '@tollgate/kernel'
import { beforeEach } from 'vitest'
import type { AttemptScheduler, ScheduledAttempt } from '../../attempt-scheduler.ts'
import type { WebhookDelivery } from '../../model/webhook-delivery.ts'
import type { WebhookEndpoint } from '../../model/webhook-endpoint.ts'
import type { AttemptResult, OutgoingNotification, WebhookStore } from '../../webhook-store.ts'

/** Makes the store of a contract test. */
export type MakeWebhookStore = (scheduler: AttemptScheduler) => Promise<WebhookStore>

/** A second on the day of the contract tests. */
export function second(number: number): Temporal.Instant {
  return Temporal.Instant.from('2026-11-20T12:00:00Z').add({ seconds: number })
}

const ids = countingIds()

/** Makes an id. Ids grow with every call. */
export function newId(): string {
  return ids.uuidV7(second(0).epochMilliseconds)
}

/** An endpoint of acme that receives every type. */
export function makeEndpoint(traits: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    id: newId(),
    tenantId: 'acme',
    url: 'https://example.com/hooks',
    types: null,
    description: null,
    enabled: true,
    disabledReason: null,
    createdAt: second(0),
    failingSince: null,
    ...traits,
  }
}

/** A notification of acme. */
export function makeNotification(traits: Partial<OutgoingNotification> = {}): OutgoingNotification {
  return { id: newId(), type: 'alert.raised', tenantId: 'acme', occurredAt: second(1), payload: '{"type":"alert.raised"}', ...traits }
}

/** A new store before each test, and what its scheduler was given. */
export function storeUnderTest(make: MakeWebhookStore) {
  const context = {
    store: undefined as WebhookStore | undefined,
    scheduled: [] as ScheduledAttempt[],
    /** What scheduling throws. */
    failure: undefined as Error | undefined,
  }
  beforeEach(async () => {
    context.scheduled = []
    context.failure = undefined
    context.store = await make({
      async schedule(attempts) {
        if (context.failure !== undefined) throw context.failure
        context.scheduled.push(...attempts)
      },
    })
  })
  const store = () => {
    if (context.store === undefined) throw new Error('The store was not made')
    return context.store
  }
  return {
    store,
    /** Removes and returns the attempts that were scheduled, in short: "delivery attempt delay". */
    takeScheduled: () => context.scheduled.splice(0).map(({ deliveryId, attempt, delayMs }) => `${deliveryId} ${attempt} ${delayMs}`),
    scheduled: () => context.scheduled,
    failScheduling(failure: Error | undefined) {
      context.failure = failure
    },
    async addEndpoint(traits: Partial<WebhookEndpoint> = {}): Promise<WebhookEndpoint> {
      const endpoint = makeEndpoint(traits)
      if (!(await store().addEndpoint(endpoint, { secret: 'whsec_1', max: 1_000 }))) throw new Error('The endpoint was not added')
      return endpoint
    },
    addDelivery: ({ id: endpointId, tenantId }: WebhookEndpoint, at = second(2)): Promise<WebhookDelivery> =>
      store().addDelivery({ id: newId(), endpointId, tenantId, notificationId: newId(), type: 'webhook.test', payload: '{"é":"\\u0007"}', at }),
  }
}

/** The result of an attempt that failed and is retried after five seconds. */
export function failedAttempt(deliveryId: string, number: number, traits: Partial<AttemptResult> = {}): AttemptResult {
  return {
    deliveryId,
    attempt: { number, at: second(10 * number), statusCode: 500, error: 'The endpoint responded with 500.', durationMs: 20 },
    state: 'PENDING',
    failure: null,
    retryAfterMs: 5_000,
    disable: null,
    ...traits,
  }
}

/** The result of an attempt that succeeded. */
export function successfulAttempt(deliveryId: string, number: number): AttemptResult {
  const attempt = { number, at: second(10 * number), statusCode: 204, error: null, durationMs: 20 }
  return { deliveryId, attempt, state: 'DELIVERED', failure: null, retryAfterMs: null, disable: null }
}
