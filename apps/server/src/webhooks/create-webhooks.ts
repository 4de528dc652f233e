import { type Clock, type IdSource, InvalidInput, NotFound, type Scope, Temporal } from '@tollgate/kernel'
import type { NoticeSource } from '../notices/notice.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { checkWebhookEndpoint, mayBePrivate } from './check-webhook-endpoint.ts'
import { dispatchNotices } from './dispatch-notices.ts'
import { TooManyWebhookEndpoints, WebhookEndpointDisabled } from './errors.ts'
import { drawWebhookSecret } from './sign-webhook.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'
import { TEST_TYPE, testPayload } from './webhook-payload.ts'
import type { WebhookSender } from './webhook-sender.ts'
import type { WebhookSettings } from './webhook-settings.ts'
import type { WebhookStore } from './webhook-store.ts'
import type { Webhooks } from './webhooks.ts'

/** What webhooks stand on. */
export interface WebhooksDependencies {
  readonly store: WebhookStore
  readonly sender: WebhookSender
  readonly sources: readonly NoticeSource[]
  readonly settings: WebhookSettings
  readonly clock: Clock
  readonly ids: IdSource
  /** From 0 to below 1; spreads pauses. */
  readonly random: () => number
}

/** Endpoints of one owner. */
const MAX_ENDPOINTS = 50
/** Deliveries that are sent again at once. */
const MAX_REDELIVERED = 1_000
/** Attempts that are shown of a delivery. */
const SHOWN_ATTEMPTS = 25
const OLD_SECRET_HOURS = 24
const KEPT_DAYS = 30

/** Webhooks over a store, a way out, and sources of notices. */
export function createWebhooks(dependencies: WebhooksDependencies): Webhooks {
  const { store, settings, clock, ids } = dependencies
  const newId = () => ids.uuidV7(clock.now().epochMilliseconds)

  async function enabledEndpoint(scope: Scope, id: string): Promise<WebhookEndpoint> {
    const endpoint = await endpointIn(scope, id)
    if (!endpoint.enabled) throw new WebhookEndpointDisabled(id, endpoint.disabledReason)
    return endpoint
  }

  async function endpointIn(scope: Scope, id: string): Promise<WebhookEndpoint> {
    const [endpoint] = await store.endpointsByIds(scope, [id])
    return found(endpoint, id)
  }

  return {
    channels: dependencies.sources.map(({ channel }) => channel),
    async createEndpoint({ tenantId, url, types = null, description = null }) {
      checkWebhookEndpoint({ url, types, description }, { allowPrivate: mayBePrivate({ tenantId }, settings.allowPrivate) })
      const endpoint: WebhookEndpoint = {
        id: newId(),
        tenantId,
        url,
        types,
        description,
        enabled: true,
        disabledReason: null,
        createdAt: clock.now().round('microsecond'),
        failingSince: null,
      }
      const secret = drawWebhookSecret()
      if (!(await store.addEndpoint(endpoint, { secret, most: MAX_ENDPOINTS }))) throw new TooManyWebhookEndpoints(MAX_ENDPOINTS)
      return { endpoint, secret }
    },
    async updateEndpoint(scope, id, change) {
      const changed = await store.changeEndpoint(scope, id, endpoint => {
        checkWebhookEndpoint(change, { allowPrivate: mayBePrivate(endpoint, settings.allowPrivate) })
        const { url = endpoint.url, types = endpoint.types, description = endpoint.description, enabled = endpoint.enabled } = change
        // By hand there is no reason; switched on, all is forgiven.
        const isSwitched = enabled !== endpoint.enabled
        return {
          ...endpoint,
          url,
          types,
          description,
          enabled,
          ...(isSwitched && { disabledReason: null }),
          ...(isSwitched && enabled && { failingSince: null }),
        }
      })
      return found(changed, id)
    },
    async rotateSecret(scope, id) {
      const secret = drawWebhookSecret()
      const endpoint = await store.changeSecret(scope, id, { secret, oldUntil: clock.now().add({ hours: OLD_SECRET_HOURS }) })
      return { endpoint: found(endpoint, id), secret }
    },
    async deleteEndpoint(scope, id) {
      if (!(await store.deleteEndpoint(scope, id))) throw notFound(id)
    },
    async endpoints(scope, { first, after }) {
      const endpoints = await store.endpoints(scope, { first: first + 1, after })
      return { endpoints: endpoints.slice(0, first), hasMore: endpoints.length > first }
    },
    endpointsByIds: (scope, endpointIds) => store.endpointsByIds(scope, endpointIds),

    async deliveries(scope, { first, ...query }) {
      await endpointIn(scope, query.endpointId)
      const deliveries = await store.deliveries(scope, { ...query, first: first + 1 })
      return { deliveries: deliveries.slice(0, first), hasMore: deliveries.length > first }
    },
    deliveriesByIds: (scope, deliveryIds) => store.deliveriesByIds(scope, deliveryIds),
    attempts: (scope, deliveryIds) => store.attempts(scope, deliveryIds, SHOWN_ATTEMPTS),

    async redeliver(scope, deliveryId) {
      const [delivery] = await store.deliveriesByIds(scope, [deliveryId])
      if (delivery === undefined) throw new NotFound('webhook delivery', `whd_${deliveryId}`)
      await enabledEndpoint(scope, delivery.endpointId)
      const [due] = await store.redeliver(scope, { deliveryId, at: clock.now() })
      if (due === undefined) throw new NotFound('webhook delivery', `whd_${deliveryId}`)
      return due
    },
    async redeliverFailed(scope, { endpointId, from, to }) {
      if (Temporal.Instant.compare(from, to) >= 0) throw new InvalidInput([{ path: 'to', message: 'must be after from' }])
      await enabledEndpoint(scope, endpointId)
      const due = await store.redeliver(scope, { endpointId, from, to, most: MAX_REDELIVERED, at: clock.now() })
      return due.length
    },
    async sendTest(scope, endpointId) {
      const { tenantId } = await enabledEndpoint(scope, endpointId)
      const id = newId()
      const at = clock.now()
      return store.addDelivery({ id, endpointId, tenantId, noticeId: `test_${id}`, type: TEST_TYPE, payload: testPayload(endpointId, at), at })
    },

    dispatch: () => dispatchNotices({ ...dependencies, newId }),
    attempt: (request, signal) => attemptDelivery(dependencies, request, signal),
    forgetOld: async () => {
      const before = clock.now().subtract({ hours: KEPT_DAYS * 24 })
      let forgotten = 0
      for (let some = -1; some !== 0; forgotten += some) some = await store.forget(before)
      return forgotten
    },
  }
}

function found(endpoint: WebhookEndpoint | undefined, id: string): WebhookEndpoint {
  if (endpoint === undefined) throw notFound(id)
  return endpoint
}

function notFound(id: string): NotFound {
  return new NotFound('webhook endpoint', `whe_${id}`)
}
