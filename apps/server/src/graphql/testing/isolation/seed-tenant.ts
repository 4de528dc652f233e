import { Temporal } from '@tollgate/kernel'
import type { GraphQLTestServer } from '../graphql-test-server.ts'

/** Ids and names of one tenant, as it or an operator sees them. */
export interface SeededTenant {
  readonly tenantId: string
  /** A word in every text that the tenant has. No answer to another tenant contains it. */
  readonly marker: string
  /** A key with all scopes of tenants. */
  readonly key: string
  /** An id of each type of node. */
  readonly ids: Readonly<Record<string, string>>
}

interface Node {
  readonly id: string
}

function idOf(node: Node | undefined): string {
  if (node === undefined) throw new Error('Nothing was seeded')
  return node.id
}

/** The range of everything that is seeded. */
const SEEDED_RANGE = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }

/** What to seed. */
export interface TenantSeed {
  readonly tenantId: string
  readonly marker: string
  /** Customers with usage and quotas. */
  readonly customers: readonly string[]
  /** Calls of each customer. At least 60, so that the latencies of a rollup move to their table. */
  readonly calls: number
}

/** Fills every table with rows of a tenant, through the API where it has a way. */
export async function seedTenant(server: GraphQLTestServer, { tenantId, marker, customers, calls }: TenantSeed): Promise<SeededTenant> {
  const { tollgate } = server
  const key = await server.keyOf(tenantId)

  /** Sends a mutation with an input, and returns the payload. Throws if it did not succeed. */
  async function mutate<Payload = unknown>(sender: string, name: string, input: object, selection = '__typename'): Promise<Payload> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { ... on ${type}Payload { ${selection} } ... on Error { code message } } }`
    const answer = await server.send(sender, query, { input })
    const { result } = (answer.data ?? {}) as { result?: Payload & { code?: string } }
    if (result?.code !== undefined || result === undefined) throw new Error(`${name} of ${tenantId} failed: ${JSON.stringify(result ?? answer.errors)}`)
    return result
  }

  await mutate(server.operatorKey, 'updateTenant', { id: tenantId, name: `${marker} Inc` })
  const { apiKey } = await mutate<{ apiKey: Node }>(server.operatorKey, 'createApiKey', { tenantId, name: `key of ${marker}` }, 'apiKey { id }')
  const limit = { tenantId, metric: 'REQUESTS', window: 'DAY', limit: '2', enforcement: 'SOFT', alertAt: ['50', '100'] }
  const { quota } = await mutate<{ quota: Node }>(server.operatorKey, 'setQuota', limit, 'quota { id }')
  await mutate(server.operatorKey, 'setQuota', { tenantId, metric: 'REQUESTS', window: 'DAY', limit: '10000', scope: ['CUSTOMER'], alertAt: ['0.01'] })
  await mutate(server.operatorKey, 'setQuota', { tenantId, metric: 'OPERATIONS', operation: `op ${marker}`, window: 'HOUR', limit: '10000' })
  const { price } = await mutate<{ price: Node }>(
    server.operatorKey,
    'publishPrice',
    { tenantId, provider: `provider ${marker}`, model: `model ${marker}`, from: SEEDED_RANGE.from, perMillionTokens: { input: '1', videoInput: '2' } },
    'price { id }',
  )
  const alias = { provider: `provider ${marker}`, name: `alias ${marker}`, target: { provider: `provider ${marker}`, model: `model ${marker}` } }
  await mutate(key, 'setModelAlias', { ...alias, from: SEEDED_RANGE.from })
  const { chargeRule } = await mutate<{ chargeRule: Node }>(
    server.operatorKey,
    'publishDiscount',
    {
      name: `discount ${marker}`,
      tenantId,
      from: SEEDED_RANGE.from,
      effect: { fixed: { amount: '3' } },
      conditions: [{ coupon: { code: `COUPON-${marker}` } }],
    },
    'chargeRule { id }',
  )
  await mutate(server.operatorKey, 'redeemCoupon', { tenantId, code: `COUPON-${marker}`, customerId: `customer ${marker}` })
  await tollgate.promotions.bookDiscounts({ tenantId, chargeId: `charge ${marker}`, discounts: [] })

  // Wallets of the tenant and of a customer, which the usage below debits.
  await mutate(server.operatorKey, 'grantCredits', { tenantId, amount: '50', idempotencyKey: `tenant grant ${marker}`, description: `credits of ${marker}` })
  const { grant } = await mutate<{ grant: Node }>(
    server.operatorKey,
    'grantCredits',
    { tenantId, customerId: customers[0], amount: '50', idempotencyKey: `grant ${marker}`, description: `credits of ${marker}` },
    'grant { id }',
  )
  await mutate(server.operatorKey, 'setWalletTerms', { tenantId, customerId: customers[0], alertBelow: ['50.5'] })
  await mutate(server.operatorKey, 'setCreditAllowance', { tenantId, customerId: customers[0], name: `allowance ${marker}`, amount: '1' })
  const held = { requests: [{ metric: 'CREDITS', amount: '1' }], metadata: { customerId: customers[0] }, ttlSeconds: 600 }
  await mutate(key, 'reserveQuotas', held, 'reservation { id }')

  // Many latencies of one set twice, so that the tail of a rollup moves to its table. Slow ones start a streak towards an alert.
  const event = (customerId: string, rest: object = {}) => ({
    operation: `op ${marker}`,
    provider: `provider ${marker}`,
    model: `alias ${marker}`,
    tokens: { input: 1_000, videoInput: 5 },
    errorMessage: `error ${marker}`,
    metadata: { customerId, sessionId: `session ${marker}`, featureId: `feature ${marker}`, attributes: { note: marker } },
    ...rest,
  })
  const many = customers.flatMap(customer => Array.from({ length: calls }, (_, latencyMs) => event(customer, { latencyMs: latencyMs * 200 })))
  await mutate(key, 'trackUsage', { events: many }, 'results { outcome }')
  await mutate(key, 'trackUsage', { events: many }, 'results { outcome }')
  const { results } = await mutate<{ results: { event: Node }[] }>(
    key,
    'trackUsage',
    {
      events: [
        event(customers[0] ?? '', { idempotencyKey: `event ${marker}`, credits: '1', description: `debit of ${marker}`, resourceId: `doc ${marker}` }),
        event(customers[0] ?? '', { units: [{ kind: 'web_search', quantity: '1' }], model: `unpriced ${marker}` }),
        { operation: '', errorMessage: `rejected ${marker}` },
      ],
    },
    'results { outcome event { id } }',
  )
  const consumed = { requests: [{ metric: 'REQUESTS', amount: '1' }], metadata: { customerId: customers[0] }, consume: true, idempotencyKey: `use ${marker}` }
  await mutate(key, 'enforceQuotas', consumed)
  const reserved = { requests: [{ metric: 'REQUESTS', amount: '1' }], metadata: { customerId: customers[0] }, ttlSeconds: 600 }
  const { reservation } = await mutate<{ reservation: Node }>(key, 'reserveQuotas', reserved, 'reservation { id }')

  const audited = { family: 'kb', action: 'uploaded', resourceType: `kind ${marker}`, resourceId: `doc ${marker}`, actorId: `person ${marker}` }
  const events = [
    { ...audited, personalDetails: { email: `${marker}@example.com` }, result: 'FAILURE', errorMessage: marker },
    { ...audited, result: 'DENIED' },
  ]
  await mutate(key, 'recordAuditEvents', { events }, 'results { outcome }')

  const target = { url: `https://nothing.invalid/${marker}`, description: `endpoint ${marker}` }
  const { endpoint } = await mutate<{ endpoint: Node }>(key, 'createWebhookEndpoint', target, 'endpoint { id }')
  const { delivery } = await mutate<{ delivery: Node }>(key, 'sendTestWebhook', { endpointId: endpoint.id }, 'delivery { id }')
  await tollgate.webhooks.attempt({ deliveryId: delivery.id.slice('whd_'.length), attempt: 1 }, new AbortController().signal)

  await mutate(server.operatorKey, 'setAlertThreshold', { tenantId, kind: 'COST_ANOMALY', threshold: '3' })

  // A later price of the model makes a run correct the cost of events.
  await mutate(server.operatorKey, 'publishPrice', {
    tenantId,
    provider: `provider ${marker}`,
    model: `unpriced ${marker}`,
    from: SEEDED_RANGE.from,
    perMillionTokens: { input: '4' },
    units: [{ kind: 'web_search', price: '1' }],
  })
  const range = { from: Temporal.Instant.from(SEEDED_RANGE.from), to: Temporal.Instant.from(SEEDED_RANGE.to) }
  const { run, done } = await tollgate.rerating.start({ selection: { range, tenantId, unpricedOnly: true }, requestedBy: marker, reason: `reason ${marker}` })
  await done

  server.clock.advance({ minutes: 2 })
  await tollgate.alerts.evaluate()
  const invoice = await seedInvoices(server, { tenantId, marker }, mutate)
  const nodes = '{ nodes { id } }'
  const answer = await server.send(key, `{ alerts ${nodes} auditTrail ${nodes} rejectedEvents ${nodes} }`)
  const { alerts, auditTrail, rejectedEvents } = answer.data as Record<'alerts' | 'auditTrail' | 'rejectedEvents', { nodes: Node[] }>

  const ids = {
    Tenant: tenantId,
    Alert: idOf(alerts.nodes[0]),
    AuditEvent: idOf(auditTrail.nodes[0]),
    RejectedEvent: idOf(rejectedEvents.nodes[0]),
    ApiKey: apiKey.id,
    ChargeRule: chargeRule.id,
    Price: price.id,
    UsageEvent: idOf(results[0]?.event),
    RatingRun: `run_${run.id}`,
    Reservation: reservation.id,
    Quota: quota.id,
    CreditGrant: grant.id,
    Invoice: invoice.id,
    Payment: invoice.paymentId,
    CollectionHold: invoice.disputeId,
    InvoiceLine: idOf(invoice.lines[0]),
    WebhookEndpoint: endpoint.id,
    WebhookDelivery: delivery.id,
  }
  return { tenantId, marker, key, ids }
}

interface SeededInvoice extends Node {
  readonly lines: readonly Node[]
}

type Mutate = <Payload>(sender: string, name: string, input: object, selection?: string) => Promise<Payload>

/** An invoice with a payment and a dispute. */
interface SeededPayments extends SeededInvoice {
  readonly paymentId: string
  readonly disputeId: string
}

/** Bills a tenant for October, with a credit note, and leaves a draft. */
async function seedInvoices(server: GraphQLTestServer, { tenantId, marker }: Pick<TenantSeed, 'tenantId' | 'marker'>, send: Mutate): Promise<SeededPayments> {
  const { operatorKey } = server
  // At a time of its own, so that no event of another tenant has the cursor of one of these.
  const mutate: Mutate = (...mutation) => {
    server.clock.advance({ seconds: 1 })
    return send(...mutation)
  }
  const address = { line1: `street of ${marker}`, city: 'Berlin', country: 'DE' }
  await mutate(operatorKey, 'setBillingSettings', { seller: { name: 'Seller', address }, taxRegistrations: ['DE'] })
  await mutate(operatorKey, 'setBillingProfile', { tenantId, name: `${marker} Inc`, address })
  await mutate(operatorKey, 'subscribe', { tenantId, plan: 'pro', from: '2026-10-01T00:00:00Z' })
  const { invoices } = await mutate<{ invoices: SeededInvoice[] }>(
    operatorKey,
    'runBilling',
    { through: '2026-10-15T00:00:00Z', tenantIds: [tenantId] },
    'invoices { id lines { id } }',
  )
  const [invoice] = invoices
  if (invoice === undefined) throw new Error('No invoice was seeded')
  await mutate(operatorKey, 'issueCreditNote', { invoiceId: invoice.id, amount: '1', reason: `credit of ${marker}`, idempotencyKey: `note ${marker}` })
  await mutate(operatorKey, 'runBilling', { through: '2026-11-15T00:00:00Z', tenantIds: [tenantId], finalize: false })
  const { payment } = await mutate<{ payment: Node }>(
    operatorKey,
    'recordPayment',
    { invoiceId: invoice.id, amount: '1', reference: `payment of ${marker}`, idempotencyKey: `payment ${marker}` },
    'payment { id }',
  )
  const { hold } = await mutate<{ hold: Node }>(operatorKey, 'openDispute', { invoiceId: invoice.id, reason: `dispute of ${marker}` }, 'hold { id }')
  return { ...invoice, paymentId: payment.id, disputeId: hold.id }
}
