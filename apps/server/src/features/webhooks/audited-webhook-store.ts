import { createHash } from 'node:crypto'
import { webhookAudit } from '@tollgate/audit'
import type { WebhookEndpoint, WebhookStore } from '@tollgate/webhooks'
import { auditSnapshot, changedFields } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { WebhookDeliveryId, WebhookEndpointId } from './ids.ts'

/** Records who changed endpoints and sent messages again. Secrets are not part of endpoints. Attempts and their effects are the system's own work. */
export function auditedWebhooks({ store, open, changes }: AuditedStore<WebhookStore>): WebhookStore {
  return {
    ...unaudited(store, 'endpoints', 'endpointsByIds', 'deliveries', 'deliveriesByIds', 'attempts', 'position', 'fanOut'),
    ...unaudited(store, 'pendingDelivery', 'recordAttempt', 'failDelivery', 'deleteDeliveries'),
    addEndpoint: (endpoint, options) =>
      changes.record({
        change: database => open(database).addEndpoint(endpoint, options),
        events: added => (added ? [webhookAudit.endpointCreated(endpoint.tenantId, idOf(endpoint), termsOf(endpoint))] : []),
      }),
    async changeEndpoint(scope, id, change) {
      const { after } = await changes.record({
        async change(database) {
          let before: WebhookEndpoint | undefined
          const changed = await open(database).changeEndpoint(scope, id, endpoint => change((before = endpoint)))
          return { before, after: changed }
        },
        events({ before, after }) {
          const changed = before && after && changedFields(termsOf(before), termsOf(after))
          return changed ? [webhookAudit.endpointUpdated(after.tenantId, idOf(after), changed)] : []
        },
      })
      return after
    },
    changeSecret: (scope, id, change) =>
      changes.record({
        change: database => open(database).changeSecret(scope, id, change),
        events: endpoint => (endpoint ? [webhookAudit.secretRotated(endpoint.tenantId, idOf(endpoint))] : []),
      }),
    async deleteEndpoint(scope, id) {
      const { deleted } = await changes.record({
        async change(database) {
          const opened = open(database)
          const [before] = await opened.endpointsByIds(scope, [id])
          return { before, deleted: await opened.deleteEndpoint(scope, id) }
        },
        events: ({ before, deleted }) => (before && deleted ? [webhookAudit.endpointDeleted(before.tenantId, idOf(before), termsOf(before))] : []),
      })
      return deleted
    },
    addDelivery: delivery =>
      changes.record({
        change: database => open(database).addDelivery(delivery),
        events: ({ id, tenantId, endpointId }) => [
          webhookAudit.testSent(tenantId, WebhookDeliveryId.encode(id), { endpoint: WebhookEndpointId.encode(endpointId) }),
        ],
      }),
    async redeliver(scope, query) {
      const { deliveries } = await changes.record({
        async change(database) {
          const opened = open(database)
          const redelivered = await opened.redeliver(scope, query)
          const [first] = redelivered
          const [endpoint] = first ? await opened.endpointsByIds(scope, [first.endpointId]) : []
          return { deliveries: redelivered, endpoint }
        },
        events: ({ deliveries: sent, endpoint }) =>
          endpoint
            ? [
                webhookAudit.redelivered(endpoint.tenantId, idOf(endpoint), {
                  details: { deliveries: sent.length, first: sent[0] && WebhookDeliveryId.encode(sent[0].id) },
                }),
              ]
            : [],
      })
      return deliveries
    },
  }
}

function idOf({ id }: WebhookEndpoint): string {
  return WebhookEndpointId.encode(id)
}

/** Paths and queries of URLs often are secrets of the receiver, so only a hash shows that they changed. */
function termsOf({ url, types, description, enabled }: WebhookEndpoint) {
  const { origin } = new URL(url)
  return auditSnapshot({ origin, urlSha256: createHash('sha256').update(url).digest('hex'), types, description, enabled })
}
