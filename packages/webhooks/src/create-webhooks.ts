import { checkPageSize, type Clock, type IdSource, InvalidInput, NotFound, type PageRequest, type Scope, Temporal, toPage } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, requireTime } from '@tollgate/kernel/input'
import { attemptDelivery } from './attempt-delivery.ts'
import { dispatchNotifications, publishNotifications } from './dispatch-notifications.ts'
import { generateWebhookSecret } from './engine/generate-webhook-secret.ts'
import { TooManyWebhookEndpoints, WebhookEndpointDisabled } from './errors.ts'
import { checkWebhookEndpoint, mayUsePrivateAddress, parsedUrl } from './model/check-webhook-endpoint.ts'
import type { WebhookEndpoint, WebhookEndpointChange, WebhookEndpointDraft } from './model/webhook-endpoint.ts'
import { TEST_TYPE, testPayload } from './model/webhook-payload.ts'
import type { NotificationSource } from './notification-source.ts'
import type { WebhookSender } from './webhook-sender.ts'
import type { WebhookSettings } from './webhook-settings.ts'
import type { DeliveriesQuery, WebhookStore } from './webhook-store.ts'
import type { FailedDeliveries, Webhooks } from './webhooks.ts'

/** What webhooks need. */
export interface WebhooksDependencies {
  readonly store: WebhookStore
  readonly sender: WebhookSender
  readonly sources: readonly NotificationSource[]
  readonly settings: WebhookSettings
  readonly clock: Clock
  readonly ids: IdSource
  /** Returns a number from 0 to below 1. Spreads retries. */
  readonly random: () => number
  /** Returns cryptographically secure random bytes. Makes secrets. */
  readonly randomBytes: (size: number) => Uint8Array
}

/** Endpoints of one owner. */
const MAX_ENDPOINTS = 50
/** Deliveries that one call sends again. */
const MAX_REDELIVERED = 1_000
/** Attempts returned for a delivery. */
const MAX_ATTEMPTS = 25
const OLD_SECRET_HOURS = 24
const KEPT_DAYS = 30
const PAGE_SIZE = { default: 100, max: 1_000 }

const INPUTS = {
  draft: inputShape<WebhookEndpointDraft>({ tenantId: 'text|null', url: 'text', types: 'list?', description: 'text?' }),
  change: inputShape<WebhookEndpointChange>({ url: 'text?', types: 'list?', description: 'text?', enabled: 'boolean?' }),
  page: inputShape<PageRequest>({ first: 'number?', after: 'text?' }),
  deliveries: inputShape<DeliveriesQuery>({ endpointId: 'text', state: 'text?', first: 'number?', after: 'text?' }),
  failed: inputShape<FailedDeliveries>({ endpointId: 'text', from: 'time', to: 'time' }),
} as const

const OPTIONS = inputShape<WebhooksDependencies>({
  store: 'object',
  sender: 'object',
  sources: 'list',
  settings: 'object',
  clock: 'object',
  ids: 'object',
  random: 'function',
  randomBytes: 'function',
})
const SETTINGS = inputShape<WebhookSettings>({ allowPrivate: 'boolean', retrySeconds: 'list' })

/**
 * Creates webhooks over a store, a sender and sources of notifications. Throws `InvalidInput` for options that they do not have, or that
 * are missing.
 */
export function createWebhooks(dependencies: WebhooksDependencies): Webhooks {
  checkShape(OPTIONS, dependencies)
  checkSettings(dependencies.settings)
  const { store, settings, clock, ids, randomBytes } = dependencies
  const newId = () => ids.uuidV7(clock.now().epochMilliseconds)

  async function requireEnabled(scope: Scope, id: string): Promise<WebhookEndpoint> {
    const endpoint = await requireEndpoint(scope, id)
    if (!endpoint.enabled) throw new WebhookEndpointDisabled(id, endpoint.disabledReason)
    return endpoint
  }

  async function requireEndpoint(scope: Scope, id: string): Promise<WebhookEndpoint> {
    const [endpoint] = await store.endpointsByIds(scope, [id])
    return found(endpoint, id)
  }

  return {
    channels: dependencies.sources.map(({ channel }) => channel),
    createEndpoint: checkedInput(INPUTS.draft, async ({ tenantId, url, types = null, description = null }) => {
      checkWebhookEndpoint({ url, types, description }, { allowPrivate: mayUsePrivateAddress({ tenantId }, settings.allowPrivate) })
      const endpoint: WebhookEndpoint = {
        id: newId(),
        tenantId,
        url: parsedUrl(url),
        types,
        description,
        enabled: true,
        disabledReason: null,
        createdAt: clock.now().round('microsecond'),
        failingSince: null,
      }
      const secret = generateWebhookSecret(randomBytes)
      if (!(await store.addEndpoint(endpoint, { secret, max: MAX_ENDPOINTS }))) throw new TooManyWebhookEndpoints(MAX_ENDPOINTS)
      return { endpoint, secret }
    }),
    async updateEndpoint(scope, id, given) {
      checkShape(INPUTS.change, given)
      // Null stands for no types and no description, but an endpoint always has a URL and is enabled or not.
      const change = { ...given, url: given.url ?? undefined, enabled: given.enabled ?? undefined }
      const changed = await store.changeEndpoint(scope, id, endpoint => {
        checkWebhookEndpoint(change, { allowPrivate: mayUsePrivateAddress(endpoint, settings.allowPrivate) })
        const { url = endpoint.url, types = endpoint.types, description = endpoint.description, enabled = endpoint.enabled } = change
        const isToggled = enabled !== endpoint.enabled
        return {
          ...endpoint,
          url: parsedUrl(url),
          types,
          description,
          enabled,
          ...(isToggled && { disabledReason: null }),
          ...(isToggled && enabled && { failingSince: null }),
        }
      })
      return found(changed, id)
    },
    async rotateSecret(scope, id) {
      const secret = generateWebhookSecret(randomBytes)
      const endpoint = await store.changeSecret(scope, id, { secret, oldUntil: clock.now().add({ hours: OLD_SECRET_HOURS }) })
      return { endpoint: found(endpoint, id), secret }
    },
    async deleteEndpoint(scope, id) {
      if (!(await store.deleteEndpoint(scope, id))) throw notFound(id)
    },
    async endpoints(scope, page) {
      checkShape(INPUTS.page, page)
      const { after } = page
      const first = checkPageSize(page.first, PAGE_SIZE)
      return toPage(await store.endpoints(scope, { first: first + 1, after }), first)
    },
    endpointsByIds: (scope, endpointIds) => store.endpointsByIds(scope, endpointIds),

    async deliveries(scope, query) {
      checkShape(INPUTS.deliveries, query)
      const first = checkPageSize(query.first, PAGE_SIZE)
      await requireEndpoint(scope, query.endpointId)
      return toPage(await store.deliveries(scope, { ...query, first: first + 1 }), first)
    },
    deliveriesByIds: (scope, deliveryIds) => store.deliveriesByIds(scope, deliveryIds),
    attempts: (scope, deliveryIds) => store.attempts(scope, deliveryIds, MAX_ATTEMPTS),

    async redeliver(scope, deliveryId) {
      const [delivery] = await store.deliveriesByIds(scope, [deliveryId])
      if (delivery === undefined) throw new NotFound('webhook delivery', `whd_${deliveryId}`)
      await requireEnabled(scope, delivery.endpointId)
      const [redelivered] = await store.redeliver(scope, { deliveryId, at: clock.now() })
      if (redelivered === undefined) throw new NotFound('webhook delivery', `whd_${deliveryId}`)
      return redelivered
    },
    async redeliverFailed(scope, range) {
      checkShape(INPUTS.failed, range)
      const { endpointId } = range
      const from = requireTime('from', range.from)
      const to = requireTime('to', range.to)
      if (Temporal.Instant.compare(from, to) >= 0) throw new InvalidInput([{ path: 'to', message: 'must be after from' }])
      await requireEnabled(scope, endpointId)
      const redelivered = await store.redeliver(scope, { endpointId, from, to, max: MAX_REDELIVERED, at: clock.now() })
      return redelivered.length
    },
    async sendTest(scope, endpointId) {
      const { tenantId } = await requireEnabled(scope, endpointId)
      const id = newId()
      const at = clock.now()
      return store.addDelivery({ id, endpointId, tenantId, notificationId: `test_${id}`, type: TEST_TYPE, payload: testPayload(endpointId, at), at })
    },

    dispatch(channels) {
      const sources = dependencies.sources.filter(({ channel }) => channels === undefined || channels.has(channel))
      return dispatchNotifications({ ...dependencies, sources, newId })
    },
    publish: (sequence, notifications) => publishNotifications({ ...dependencies, newId }, { sequence, notifications }),
    attempt: (request, signal) => attemptDelivery(dependencies, request, signal),
    async deleteOldDeliveries() {
      const before = clock.now().subtract({ hours: KEPT_DAYS * 24 })
      let deleted = 0
      for (let count = -1; count !== 0; deleted += count) count = await store.deleteDeliveries(before)
      return deleted
    },
  }
}

function checkSettings(settings: WebhookSettings): void {
  checkShape(SETTINGS, settings, 'settings')
  const wrong = settings.retrySeconds.findIndex(seconds => !Number.isFinite(seconds) || seconds < 0)
  if (wrong >= 0) throw new InvalidInput([{ path: `settings.retrySeconds.${wrong}`, message: 'must be 0 seconds or more' }])
}

function found(endpoint: WebhookEndpoint | undefined, id: string): WebhookEndpoint {
  if (endpoint === undefined) throw notFound(id)
  return endpoint
}

function notFound(id: string): NotFound {
  return new NotFound('webhook endpoint', `whe_${id}`)
}
