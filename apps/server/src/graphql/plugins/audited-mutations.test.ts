import { postgresSubscriptionStore } from '@tollgate/invoicing/postgres'
import { subscriptionOf } from '@tollgate/invoicing/testing'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionsOf, AUDITED_FAMILIES, type MutationAudit } from '../../audited-changes/audited-actions.ts'
import { AuditedMutationsPlugin } from './audited-mutations.ts'
import { builder } from '../builder.ts'
import { schema } from '../schema.ts'
import { emailId } from '../../features/billing/mail/ids.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

const DAY = '{ from: "2026-11-01T00:00:00Z", to: "2026-11-20T00:00:00Z" }'
const LIST = `{ format: LITELLM, from: "2026-11-20T00:00:00Z", data: ${JSON.stringify(
  JSON.stringify({ 'acme-ai/big': { litellm_provider: 'acme-ai', mode: 'chat', input_cost_per_token: 2.5e-7 } }),
)} }`
const ADDRESS = '{ line1: "Main Street 1", city: "Berlin", country: "DE" }'
/** Secrets that callers send where they do not belong. */
const MARKED = ['tg_abcdefgh_0123456789abcdefghijklmnopqrstuvwxyzABCD', 'whsec_bWFya2VkLXNlY3JldC1vZi1hLXRlc3Q=', 'MARKED-COUPON-7', 'hunter2-of-the-url']
const [MARKED_KEY, MARKED_SECRET, COUPON] = MARKED

/** What earlier steps returned, by name. */
type Kept = Record<string, string>

/** A mutation, and the events that it must record: the log of a tenant, or "" for the installation, and the type. */
interface Step {
  readonly mutation: string
  readonly input?: string | ((kept: Kept) => string)
  readonly as?: 'acme'
  /** Selects what later steps need. The last name of the path is the name under which it is kept. */
  readonly keep?: readonly [selection: string, keep: (payload: any) => Kept]
  readonly events: readonly string[]
  readonly before?: (server: GraphQLTestServer) => Promise<unknown>
}

const revoked: Step = { mutation: 'revokeApiKey', input: ({ key }) => `{ id: "${key}" }`, events: [] }
const redeem: Step = { mutation: 'redeemCoupon', input: `{ code: "${COUPON}" }`, as: 'acme', events: [] }
const update: Step = { mutation: 'updateTenant', input: '{ id: "initech", name: "Initech Ltd", tier: "gold" }', events: [] }
const interruptRuns = (server: GraphQLTestServer) => {
  const ended = async () => (await server.test.asOwner(`select from usage.rating_runs where state = 'running'`)).length === 0
  return until(ended).then(() => server.test.asOwner(`update usage.rating_runs set state = 'interrupted', finished_at = null`))
}
const waitFor =
  (...changes: readonly string[]) =>
  (server: GraphQLTestServer) =>
    server.test
      .asOwner(`insert into pricing.price_feed (pending) values ('[]') on conflict do nothing`)
      .then(() =>
        server.test.asOwner('update pricing.price_feed set pending = $1::jsonb', [
          JSON.stringify(changes.map(id => ({ id, provider: 'openai', model: 'gpt-5', names: [], moves: [] }))),
        ]),
      )

/** Every mutation that is audited by events. A step without events changes nothing. */
const STEPS: readonly Step[] = [
  { mutation: 'createTenant', input: '{ id: "initech", name: "Initech" }', events: ['initech tenant.created'] },
  { mutation: 'createTenant', input: '{ id: "initech", name: "Again" }', events: [] },
  { ...update, events: ['initech tenant.updated'] },
  update,
  {
    mutation: 'createApiKey',
    input: `{ tenantId: "acme", name: "pasted ${MARKED_KEY}" }`,
    keep: ['apiKey { id } secret', ({ apiKey, secret }) => ({ key: apiKey.id, secret })],
    events: ['acme key.created'],
  },
  {
    mutation: 'rotateApiKey',
    input: ({ key }) => `{ id: "${key}" }`,
    keep: ['secret', ({ secret }) => ({ rotatedSecret: secret })],
    events: ['acme key.rotated'],
  },
  { ...revoked, events: ['acme key.revoked'] },
  revoked,
  {
    mutation: 'createAccessToken',
    input: '{ tenantId: "acme", customerId: "c1" }',
    keep: ['token', ({ token }) => ({ token })],
    events: [' security.signingKeyRotated', 'acme key.accessTokenCreated'],
  },
  {
    mutation: 'createSession',
    keep: ['token', ({ token }) => ({ session: token })],
    events: [' key.sessionCreated'],
  },
  { mutation: 'createSignInCode', keep: ['code', ({ code }) => ({ code })], events: [' key.signInCodeCreated'] },
  { mutation: 'createSession', as: 'acme', events: ['acme key.sessionCreated'] },
  { mutation: 'setAlertRule', input: '{ kind: ERROR_RATE, scope: TENANT, threshold: 0.5 }', events: [' alert.ruleSet'] },
  { mutation: 'setAlertThreshold', input: '{ kind: ERROR_RATE, tenantId: "acme", threshold: 0.25 }', events: ['acme alert.tenantThresholdSet'] },
  {
    mutation: 'publishDiscount',
    input: `{ name: "welcome", from: "2026-01-01T00:00:00Z", effect: { fixed: { amount: 3 } }, conditions: [{ coupon: { code: "${COUPON}" } }] }`,
    events: [' pricing.chargeRuleCreated'],
  },
  {
    mutation: 'publishMarkup',
    input: '{ name: "usual", tenantId: "acme", percent: 20 }',
    keep: ['chargeRule { id }', ({ chargeRule }) => ({ rule: chargeRule.id })],
    events: ['acme pricing.chargeRuleCreated'],
  },
  { mutation: 'publishMarkup', input: '{ name: "usual", tenantId: "acme", percent: 25 }', events: ['acme pricing.chargeRuleChanged'] },
  { mutation: 'publishPriceModel', input: '{ name: "flat", priceModel: { perUnit: { unitPrice: 1 } } }', events: [' pricing.chargeRuleCreated'] },
  { mutation: 'withdrawChargeRule', input: ({ rule }) => `{ id: "${rule}" }`, events: ['acme pricing.chargeRuleEnded'] },
  { ...redeem, events: ['acme pricing.couponRedeemed'] },
  redeem,
  {
    mutation: 'publishPrice',
    input: '{ tenantId: "acme", provider: "acme-ai", model: "small", from: "2026-11-01T00:00:00Z", perMillionTokens: { input: 1 } }',
    events: ['acme pricing.pricePublished'],
  },
  {
    mutation: 'applyPriceImport',
    input: ({ digest }) => `{ planDigest: "${digest}", list: ${LIST} }`,
    before: async server => {
      const { data } = await server.send(server.operatorKey, `{ planPriceImport(input: ${LIST}) { digest } }`)
      kept['digest'] = data.planPriceImport.digest
    },
    events: [' pricing.pricesImported'],
  },
  { mutation: 'setModelAlias', input: aliasInput('target: { provider: "openai", model: "gpt-5" }, '), as: 'acme', events: ['acme pricing.aliasSet'] },
  { mutation: 'endModelAlias', input: aliasInput(''), as: 'acme', events: ['acme pricing.aliasEnded'] },
  { mutation: 'approvePriceChanges', input: '{ ids: ["c1"] }', before: waitFor('c1'), events: [' pricing.priceChangesApproved'] },
  { mutation: 'refusePriceChanges', input: '{ ids: ["c2"] }', before: waitFor('c2'), events: [' pricing.priceChangesRefused'] },
  // There is no feed here; test/journeys/price-feed.test.ts has one.
  { mutation: 'refreshPrices', events: [] },
  {
    mutation: 'grantCredits',
    input: '{ tenantId: "acme", amount: 10, idempotencyKey: "order-1" }',
    keep: ['grant { id }', ({ grant }) => ({ grant: grant.id })],
    events: ['acme credit.granted'],
  },
  {
    mutation: 'transferCredits',
    input: '{ tenantId: "acme", toCustomerId: "ana", amount: 4, idempotencyKey: "move-1" }',
    events: ['acme credit.transferred'],
  },
  { mutation: 'setWalletTerms', input: '{ tenantId: "acme", whenEmpty: OVERDRAFT, overdraftLimit: 2 }', events: ['acme credit.termsSet'] },
  { mutation: 'setCreditAllowance', input: '{ tenantId: "acme", name: "pro", amount: 5 }', events: ['acme credit.allowanceSet'] },
  { mutation: 'setCreditDebitRule', input: '{ tenantId: "acme", rule: TENANT }', events: ['acme credit.debitRuleSet'] },
  { mutation: 'setCreditDebitRule', input: '{ tenantId: "acme", rule: TENANT }', events: [] },
  { mutation: 'voidCreditGrant', input: ({ grant }) => `{ id: "${grant}", reason: "refunded" }`, events: ['acme credit.grantVoided'] },
  { mutation: 'setCreditCost', input: '{ operation: "summary", perCall: 1 }', events: [' credit.costSet'] },
  {
    mutation: 'publishBillingPlan',
    input: `{ name: "tried", title: "Tried", trialDays: 7, usageCharges: [{ name: "off", discount: { effect: { fixed: { amount: 1 } }, conditions: [{ coupon: { code: "${COUPON}-2" } }] } }], quotas: { unlisted: ALLOW, policies: [] }, creditAllowance: { amount: 5 } }`,
    events: [' pricing.chargeRuleCreated', ' quota.planPublished', ' billing.planPublished'],
  },
  {
    mutation: 'startTrial',
    input: '{ tenantId: "globex", plan: "tried" }',
    events: ['globex credit.allowanceSet', 'globex tenant.updated', 'globex billing.subscribed'],
  },
  {
    mutation: 'extendTrial',
    input: '{ tenantId: "globex", until: "2026-12-20T00:00:00Z" }',
    events: ['globex billing.subscriptionChanged', 'globex trial.extended'],
  },
  { mutation: 'convertTrial', input: '{ tenantId: "globex" }', events: ['globex billing.subscriptionChanged', 'globex trial.upgraded'] },
  {
    mutation: 'changePlan',
    input: '{ tenantId: "globex", plan: "pro" }',
    events: ['globex credit.allowanceSet', 'globex tenant.updated', 'globex billing.subscriptionChanged'],
  },
  { mutation: 'changeSeats', input: '{ tenantId: "globex", seats: 9 }', events: ['globex billing.subscriptionChanged'] },
  { mutation: 'pauseSubscription', input: '{ tenantId: "globex" }', events: ['globex tenant.updated', 'globex billing.subscriptionChanged'] },
  { mutation: 'resumeSubscription', input: '{ tenantId: "globex" }', events: ['globex tenant.updated', 'globex billing.subscriptionChanged'] },
  { mutation: 'cancelSubscription', input: '{ tenantId: "globex" }', events: ['globex tenant.updated', 'globex billing.subscriptionCancelled'] },
  { mutation: 'subscribe', input: '{ tenantId: "initech", plan: "pro" }', events: ['initech tenant.updated', 'initech billing.subscribed'] },
  { mutation: 'subscribe', input: '{ tenantId: "initech", plan: "pro" }', events: [] },
  {
    mutation: 'createTestClock',
    input: '{ tenantId: "simulated", now: "2027-01-01T00:00:00Z" }',
    before: server => server.tollgate.accounts.createTenant({ id: 'simulated', name: 'Simulated' }),
    events: ['simulated tenant.testClockCreated'],
  },
  { mutation: 'createTestClock', input: '{ tenantId: "simulated", now: "2027-01-01T00:00:00Z" }', events: [] },
  { mutation: 'advanceTestClock', input: '{ tenantId: "simulated", to: "2027-02-01T00:00:00Z" }', events: ['simulated tenant.testClockAdvanced'] },
  {
    mutation: 'startTrial',
    input: '{ tenantId: "umbrella", plan: "pro" }',
    before: server => server.tollgate.accounts.createTenant({ id: 'umbrella', name: 'Umbrella' }),
    events: ['umbrella tenant.updated', 'umbrella billing.subscribed'],
  },
  {
    mutation: 'expireTrial',
    input: '{ tenantId: "umbrella" }',
    events: ['umbrella tenant.updated', 'umbrella billing.subscriptionChanged', 'umbrella trial.expired'],
  },
  { mutation: 'setQuota', input: '{ tenantId: "acme", metric: REQUESTS, window: DAY, limit: 10 }', events: ['acme quota.limitSet'] },
  { mutation: 'clearQuota', input: '{ tenantId: "acme", metric: REQUESTS, window: DAY }', events: ['acme quota.limitCleared'] },
  {
    mutation: 'publishQuotaPlan',
    input: '{ name: "gold", unlisted: ALLOW, policies: [{ metric: REQUESTS, window: DAY, limit: 1000 }] }',
    events: [' quota.planPublished'],
  },
  {
    mutation: 'startRatingRun',
    input: `{ selection: { tenantId: "acme", range: ${DAY} }, reason: "asked with Authorization: Bearer ${MARKED_KEY}" }`,
    keep: ['run { id }', ({ run }) => ({ run: run.id })],
    events: ['acme pricing.usageRerated'],
  },
  { mutation: 'resumeRatingRun', input: ({ run }) => `{ id: "${run}" }`, before: interruptRuns, events: ['acme pricing.ratingRunResumed'] },
  { mutation: 'cancelRatingRun', input: ({ run }) => `{ id: "${run}" }`, before: interruptRuns, events: ['acme pricing.ratingRunCancelled'] },
  {
    mutation: 'resendRejectedEvent',
    input: ({ rejected }) => `{ id: "${rejected}", event: { operation: "chat" } }`,
    before: async server => {
      await server.send(acme, `mutation { trackUsage(input: { events: [{ operation: "" }] }) { __typename } }`)
      const { data } = await server.send(acme, '{ rejectedEvents { nodes { id } } }')
      kept['rejected'] = data.rejectedEvents.nodes[0].id
    },
    events: ['acme usage.rejectedEventResent'],
  },
  {
    mutation: 'createWebhookEndpoint',
    input: `{ tenantId: "acme", url: "https://hooks.example/${MARKED[3]}", description: "signs with ${MARKED_SECRET}" }`,
    keep: ['endpoint { id } secret', ({ endpoint, secret }) => ({ endpoint: endpoint.id, webhookSecret: secret })],
    events: ['acme webhook.endpointCreated'],
  },
  {
    mutation: 'updateWebhookEndpoint',
    input: ({ endpoint }) => `{ id: "${endpoint}", url: "https://hooks.example/2" }`,
    events: ['acme webhook.endpointUpdated'],
  },
  {
    mutation: 'rotateWebhookSecret',
    input: ({ endpoint }) => `{ endpointId: "${endpoint}" }`,
    keep: ['secret', ({ secret }) => ({ newWebhookSecret: secret })],
    events: ['acme webhook.secretRotated'],
  },
  {
    mutation: 'sendTestWebhook',
    input: ({ endpoint }) => `{ endpointId: "${endpoint}" }`,
    keep: ['delivery { id }', ({ delivery }) => ({ delivery: delivery.id })],
    events: ['acme webhook.testSent'],
  },
  { mutation: 'redeliverWebhook', input: ({ delivery }) => `{ deliveryId: "${delivery}" }`, events: ['acme webhook.redelivered'] },
  {
    mutation: 'redeliverFailedWebhooks',
    input: ({ endpoint }) => `{ endpointId: "${endpoint}", from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`,
    before: server => server.test.asOwner(`update webhooks.deliveries set state = 'FAILED', failure = 'x', next_attempt_at = null, settled_at = now()`),
    events: ['acme webhook.redelivered'],
  },
  {
    mutation: 'setBillingSettings',
    input: `{ seller: { name: "Tollgate", address: ${ADDRESS} }, taxRegistrations: ["DE"] }`,
    events: [' billing.settingsChanged'],
  },
  { mutation: 'setBillingProfile', input: `{ tenantId: "acme", name: "Acme", address: ${ADDRESS} }`, events: ['acme billing.profileSet'] },
  {
    mutation: 'importExchangeRates',
    input: '{ csv: "date,base,quote,rate\\n2026-10-01,USD,EUR,0.9", source: "ECB" }',
    events: [' billing.exchangeRatesImported'],
  },
  {
    mutation: 'runBilling',
    input: '{ through: "2026-10-01T00:00:00Z", tenantIds: ["acme"] }',
    before: server => postgresSubscriptionStore(server.test.database).add(subscriptionOf([{ from: '2026-10-01T00:00:00Z' }]), async () => {}),
    keep: ['invoices { id }', ({ invoices }) => ({ invoice: invoices[0].id })],
    events: ['acme billing.invoiceFinalized'],
  },
  {
    mutation: 'runBilling',
    input: '{ through: "2026-11-01T00:00:00Z", finalize: false }',
    keep: ['draftIds', ({ draftIds }) => ({ draft: draftIds[0] })],
    events: [],
  },
  { mutation: 'startBillingRun', input: '{ through: "2026-10-01T00:00:00Z" }', events: [' billing.runStarted'] },
  { mutation: 'startBillingRun', input: '{ through: "2026-10-01T00:00:00Z" }', events: [] },
  { mutation: 'finalizeInvoice', input: ({ draft }) => `{ id: "${draft}" }`, events: ['acme billing.invoiceFinalized'] },
  { mutation: 'markInvoiceSent', input: ({ draft }) => `{ id: "${draft}" }`, events: ['acme billing.invoiceSent'] },
  { mutation: 'markInvoiceSent', input: ({ draft }) => `{ id: "${draft}" }`, events: [] },
  {
    mutation: 'issueCreditNote',
    input: ({ draft }) => `{ invoiceId: "${draft}", amount: 1, reason: "Outage", idempotencyKey: "note" }`,
    events: ['acme billing.paymentRecorded', 'acme billing.creditNoteIssued'],
  },
  {
    mutation: 'recordPayment',
    input: ({ draft }) => `{ invoiceId: "${draft}", amount: 2, idempotencyKey: "transfer-1" }`,
    keep: ['payment { id }', ({ payment }) => ({ payment: payment.id })],
    events: ['acme billing.paymentRecorded'],
  },
  { mutation: 'recordPayment', input: ({ draft }) => `{ invoiceId: "${draft}", amount: 2, idempotencyKey: "transfer-1" }`, events: [] },
  {
    mutation: 'refundPayment',
    input: ({ payment }) => `{ paymentId: "${payment}", amount: 1, idempotencyKey: "refund-1" }`,
    events: ['acme billing.paymentRefunded'],
  },
  { mutation: 'setCollectionPolicy', input: '{ graceDays: 3, reminderDays: [1, 7] }', events: [' billing.collectionPolicySet'] },
  { mutation: 'sendReminder', input: ({ draft }) => `{ invoiceId: "${draft}", idempotencyKey: "reminder-1" }`, events: ['acme billing.reminderSent'] },
  {
    mutation: 'resendEmail',
    input: ({ email }) => `{ id: "${email}" }`,
    async before({ tollgate: { mail } }) {
      await mail?.mailbox.sendNow([{ tenantId: 'acme', key: 'k', kind: 'quota_alert', to: 'ana@acme.example', locale: 'en', data: {} }])
      const sent = (await mail?.mailbox.list({ tenantId: 'acme', first: 1 }))?.items[0]
      if (sent === undefined) throw new Error('There is no e-mail')
      await mail?.mailbox.deliver({ tenantId: 'acme', id: sent.id, attempt: 1 }, new AbortController().signal)
      kept['email'] = emailId(sent)
    },
    events: ['acme billing.emailResent'],
  },
  {
    mutation: 'emailInvoice',
    input: ({ draft }) => `{ invoiceId: "${draft}", to: "ben@acme.example" }`,
    events: ['acme billing.emailRequested'],
  },
  { mutation: 'pauseCollection', input: '{ tenantId: "acme", reason: "holidays" }', events: ['acme billing.collectionPaused'] },
  { mutation: 'resumeCollection', input: '{ tenantId: "acme" }', events: ['acme billing.collectionResumed'] },
  {
    mutation: 'openDispute',
    input: ({ draft }) => `{ invoiceId: "${draft}", reason: "not ordered" }`,
    keep: ['hold { id }', ({ hold }) => ({ dispute: hold.id })],
    events: ['acme billing.disputeOpened'],
  },
  { mutation: 'resolveDispute', input: ({ dispute }) => `{ id: "${dispute}", resolution: REJECTED }`, events: ['acme billing.disputeResolved'] },
  {
    mutation: 'startPayment',
    input: ({ draft }) => `{ invoiceId: "${draft}", provider: "scripted", idempotencyKey: "start-1" }`,
    events: ['acme billing.paymentStarted'],
  },
  { mutation: 'markInvoiceUncollectible', input: ({ draft }) => `{ id: "${draft}" }`, events: ['acme billing.invoiceMarkedUncollectible'] },
  { mutation: 'voidInvoice', input: ({ invoice }) => `{ id: "${invoice}" }`, events: ['acme billing.invoiceVoided'] },
  { mutation: 'deleteWebhookEndpoint', input: ({ endpoint }) => `{ id: "${endpoint}" }`, events: ['acme webhook.endpointDeleted'] },
  // Refused beside usage of other tenants. The test of the demo shows the events of one that is not.
  {
    mutation: 'loadDemo',
    before: server => server.tollgate.usage.track({ tenantId: 'acme', events: [{ operation: 'chat' }] }),
    events: [],
  },
]

const TABLES = `
  select format('%I.%I', nspname, relname) as name
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind = 'r' and nspname not like 'pg_%' and nspname not in ('information_schema', 'audit') order by 1`
const KEPT_BY_THE_SYSTEM = [
  'accounts.api_keys', // when a key was last used
  'accounts.test_clocks', // the steps of an advance, which is one event
  // The job of a billing run, which is added after the run.
  'graphile_worker._private_jobs',
  'graphile_worker._private_tasks',
  'invoicing.billing_runs', // the progress of runs
  // The answers of a payment provider, which follow the audited start of a payment.
  'invoicing.payment_customers',
  'invoicing.payment_locks',
  'invoicing.payments',
  'invoicing.subscriptions', // written by this test
  'pricing.price_feed', // the state of checks
  ...['dimension_sets', 'event_keys', 'events_2026_11', 'rollups_daily', 'rollups_hourly'].map(name => `usage.${name}`),
]

function aliasInput(target: string): string {
  return `{ provider: "azure", name: "our-deployment", ${target}from: "2026-11-01T00:00:00Z" }`
}

const kept: Kept = {}
let acme: string
let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer({
    mail: {
      sender: { send: async () => ({ kind: 'sent' }) },
      renderer: { render: async () => ({ subject: '', text: '', html: '' }) },
      domain: 'tollgate.example',
      key: new Uint8Array(32),
      publicUrl: null,
      sendsInvoices: true,
      operatorAddresses: [],
    },
  })
  acme = await server.keyOf('acme')
})
afterAll(() => server.stop())

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise(setImmediate)
}

interface EventRow {
  readonly tenant_id: string
  readonly sequence: string
  readonly type: string
  readonly actor: string
  readonly transaction: string
  readonly before: any
  readonly after: any
}

const LOGGED = `
  select tenant_id, sequence, family || '.' || action as type, actor_kind || ' ' || coalesce(actor_id, '') as actor, xmin::text as transaction, before, after`
const SUCCESS = `where result = 'success'`
const EVENTS = `${LOGGED} from audit.events ${SUCCESS} union all ${LOGGED} from audit.installation_events ${SUCCESS} order by tenant_id, sequence`
const events = (from = server) => from.test.asOwner<EventRow>(EVENTS)
const mutate = (text: string, selection = '__typename', key = server.operatorKey) =>
  server.send(key, `mutation { result: ${text} { __typename ... on Error { code message } ${selection} } }`)

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, extensions }) => ({
  name,
  audit: extensions['audit'] as MutationAudit | undefined,
}))

describe('every mutation', () => {
  it('says how it is audited, by actions that exist', () => {
    expect(mutations.length).toBeGreaterThan(40)
    for (const { name, audit } of mutations) {
      expect(audit, `"${name}" has no option "audit": see graphql/audited-mutations.ts`).toBeDefined()
      for (const action of actionsOf(audit ?? 'counted')) {
        const [family = '', verb = ''] = action.split('.')
        expect(Object.keys((AUDITED_FAMILIES as Record<string, object>)[family] ?? {}), `${name}: ${action}`).toContain(verb)
      }
    }
  })

  it('that is audited by events has a step here that records one', () => {
    const audited = mutations.filter(({ audit = 'counted' }) => actionsOf(audit).length > 0).map(({ name }) => name)
    const missing = audited.filter(name => !STEPS.some(({ mutation }) => mutation === name))
    expect(missing, 'Add a step for these mutations, with the events that they must record.').toEqual([])
    expect(audited.filter(name => !STEPS.some(step => step.mutation === name && step.events.length > 0))).toEqual(['loadDemo', 'refreshPrices'])
  })

  it('that is counted or records itself is known to be so: an event for each call would be too many', () => {
    const others = mutations.filter(({ audit = 'counted' }) => actionsOf(audit).length === 0).map(({ name, audit }) => `${name}: ${String(audit)}`)
    expect(others.toSorted()).toEqual([
      'enforceQuotas: counted',
      'eraseAuditSubject: records itself',
      'extendReservation: counted',
      'recordAuditEvents: records itself',
      'releaseReservation: counted',
      'reserveQuotas: counted',
      'settleReservation: counted',
      'trackUsage: counted',
    ])
  })
})

describe('the option "audit"', () => {
  const wrap = (audit: MutationAudit | undefined) => {
    const resolve = () => 1
    const field = { kind: 'Mutation', name: 'doIt', pothosOptions: { audit } }
    return { resolve, wrapped: () => Reflect.apply(AuditedMutationsPlugin.prototype.wrapResolve, {}, [resolve, field]) as unknown }
  }

  it('is required: a mutation without it cannot be built, and the error says what to write', () => {
    expect(wrap(undefined).wrapped).toThrow(/^The mutation "doIt" has no option "audit"\. Say how it is audited: `audit: "key\.created"`/)
    // @ts-expect-error -- It does not compile either.
    const build = () => builder.mutationField('doIt', t => t.boolean({ description: 'Does it.', resolve: () => true }))
    expect(build).toBeTypeOf('function')
  })

  it('adds nothing to the resolver of a mutation that is counted, because it is hot', () => {
    for (const audit of ['counted', 'records itself'] as const) {
      const { resolve, wrapped } = wrap(audit)
      expect(wrapped()).toBe(resolve)
    }
    const { resolve, wrapped } = wrap('key.created')
    expect(wrapped()).not.toBe(resolve)
  })
})

describe('a mutation', () => {
  it.each(STEPS.map((step, i) => [`${i + 1}: ${step.mutation} records ${step.events.join(', ') || 'nothing'}`, step] as const))('%s', async (_, step) => {
    await step.before?.(server)
    const known = (await events()).length
    const input = typeof step.input === 'function' ? step.input(kept) : step.input
    const payload = `${step.mutation[0]?.toUpperCase()}${step.mutation.slice(1)}Payload`
    const [selection, keep] = step.keep ?? ['__typename', () => ({})]
    const key = step.as === 'acme' ? acme : server.operatorKey
    const { data, errors } = await mutate(`${step.mutation}${input === undefined ? '' : `(input: ${input})`}`, `... on ${payload} { ${selection} }`, key)
    expect(errors).toEqual([])
    if (step.events.length > 0) expect(data.result).toMatchObject({ __typename: payload })
    if (data.result.__typename === payload) Object.assign(kept, keep(data.result))
    const after = await events()
    const added = newest(after, step.events)
    expect(after.length - known).toBe(step.events.length)
    expect(added.map(({ tenant_id, type }) => `${tenant_id} ${type}`)).toEqual(step.events)
    const declared = actionsOf(mutations.find(({ name }) => name === step.mutation)?.audit ?? 'counted')
    for (const { type, actor } of added) {
      expect(actor).toMatch(step.as === 'acme' ? /^key key_/ : /^key configured operator key$/)
      if (type !== 'security.signingKeyRotated') expect(declared).toContain(type)
    }
  })

  it('writes no row in a transaction without an event, except for what the system keeps itself', async () => {
    const audited = new Set((await events()).map(({ transaction }) => transaction))
    const [start] = await server.test.asOwner<{ xmin: string }>(`select xmin::text from accounts.tenants where id = 'acme'`)
    const tables = await server.test.asOwner<{ name: string }>(TABLES)
    const escaped: string[] = []
    let checked = 0
    for (const { name } of tables) {
      const rows = await server.test.asOwner<{ xmin: string }>(`select distinct xmin::text from ${name} where xmin::text::bigint >= $1`, [start?.xmin])
      if (rows.some(({ xmin }) => !audited.has(xmin))) escaped.push(name)
      checked += rows.length
    }
    expect(checked).toBeGreaterThan(30)
    expect(escaped, 'These tables have rows that were written without an audit event in the same transaction.').toEqual(KEPT_BY_THE_SYSTEM)
  })

  it('leaves no secret in a log', async () => {
    const tables = ['events', 'event_keys', 'personal_data'].flatMap(name => [name, `installation_${name}`])
    let text = ''
    for (const name of tables) {
      const rows = await server.test.asOwner<{ row: string }>(`select to_jsonb(one)::text as row from audit.${name} as one`)
      text += rows.map(({ row }) => row).join('\n')
    }
    expect(text).toContain('pasted [redacted]')
    const { secret, rotatedSecret, token, session, code, webhookSecret, newWebhookSecret } = kept
    for (const hidden of [...MARKED, acme, server.operatorKey, secret, rotatedSecret, token, session, code, webhookSecret, newWebhookSecret]) {
      expect(hidden?.length).toBeGreaterThan(8)
      expect(text).not.toContain(hidden)
    }
  })

  it('says what was before and after', async () => {
    const of = async (type: string) => (await events()).findLast(event => event.type === type)
    const renamed = (await events()).find(({ type, tenant_id }) => type === 'tenant.updated' && tenant_id === 'initech')
    expect(renamed).toMatchObject({ before: { name: 'Initech', tier: null }, after: { name: 'Initech Ltd', tier: 'gold' } })
    expect(await of('pricing.chargeRuleChanged')).toMatchObject({ before: { terms: { percent: '20' } }, after: { version: 2, terms: { percent: '25' } } })
    expect(await of('quota.limitCleared')).toMatchObject({ before: { metric: 'requests', limit: '10' }, after: null })
    expect(await of('alert.tenantThresholdSet')).toMatchObject({ before: { threshold: null }, after: { threshold: '0.25' } })
    expect(await of('webhook.endpointUpdated')).toEqual(
      expect.objectContaining({ before: { urlSha256: expect.any(String) }, after: { urlSha256: expect.any(String) } }),
    )
  })
})

/** Returns the last events of each log, as many as are expected. */
function newest(rows: readonly EventRow[], expected: readonly string[]): EventRow[] {
  const logs = Map.groupBy(expected, line => line.slice(0, line.indexOf(' ')))
  return [...logs].flatMap(([tenantId, lines]) => rows.filter(row => row.tenant_id === tenantId).slice(-lines.length))
}

describe('an attempt', () => {
  const attempts = async (tenantId: string | null) => {
    await server.tollgate.attempts.write()
    const { items } = await server.tollgate.audit.trail({ tenantId, filter: { results: ['failure', 'denied'] } })
    return items.map(({ family, action, result, actor, errorMessage, details }) => ({
      type: `${family}.${action}`,
      result,
      key: actor.id,
      errorMessage,
      details,
    }))
  }

  it('that is denied is recorded in the log of the tenant', async () => {
    const { errors, data } = await mutate('createApiKey(input: { name: "mine" })', '', acme)
    expect(errors).toEqual([])
    expect(data.result).toMatchObject({ code: 'FORBIDDEN' })
    const errorMessage = 'This requires an operator key; yours is a tenant key.'
    expect(await attempts('acme')).toMatchObject([
      { type: 'key.created', result: 'denied', key: expect.stringMatching(/^key_/), errorMessage, details: { code: 'FORBIDDEN' } },
    ])
  })

  it('that fails is recorded without the secret that it names, and leaves no event of a success', async () => {
    const known = (await events()).filter(({ type }) => type === 'pricing.couponRedeemed').length
    await mutate('redeemCoupon(input: { code: "NO-SUCH-COUPON" })', '', acme)
    expect((await attempts('acme'))[0]).toMatchObject({ type: 'pricing.couponRedeemed', result: 'failure', details: { code: 'UNKNOWN_COUPON' } })
    expect(JSON.stringify(await attempts('acme'))).not.toContain('NO-SUCH')
    expect((await events()).filter(({ type }) => type === 'pricing.couponRedeemed')).toHaveLength(known)
  })

  it('of an operator is recorded in the log of the installation', async () => {
    await mutate('updateTenant(input: { id: "nobody" })')
    expect((await attempts(null))[0]).toMatchObject({
      type: 'tenant.updated',
      result: 'failure',
      key: 'configured operator key',
      details: { code: 'NOT_FOUND' },
    })
  })
})

describe('concurrent mutations of one tenant', () => {
  it('have one event each, whose before is what the previous one left', async () => {
    const limits = Array.from({ length: 12 }, (_, i) => i + 1)
    await Promise.all(limits.map(limit => mutate(`setQuota(input: { tenantId: "globex", metric: TOKENS, window: DAY, limit: ${limit} })`)))
    const set = (await events()).filter(({ tenant_id, type }) => tenant_id === 'globex' && type === 'quota.limitSet')
    expect(set.map(({ after }) => Number(after.limit)).toSorted((a, b) => a - b)).toEqual(limits)
    expect(set.slice(1).map(({ before }) => before.limit)).toEqual(set.slice(0, -1).map(({ after }) => after.limit))
    expect(await server.tollgate.audit.verify({ tenantId: 'globex', checkpoints: [] })).toMatchObject({ valid: true })
  })
})

describe('a change and its event', () => {
  let failing: GraphQLTestServer
  let fails: 'commit' | undefined
  beforeAll(async () => {
    failing = await startGraphQLTestServer({
      transaction: database => (scope, work) =>
        database.transaction(scope, async transaction => {
          const result = await work(transaction)
          if (fails === 'commit') throw new Error('The connection was lost.')
          return result
        }),
    })
  })
  afterAll(() => failing.stop())
  const create = (id: string) =>
    failing.send(
      failing.operatorKey,
      `mutation { createTenant(input: { id: "${id}", name: "x" }) { __typename } createApiKey(input: { name: "k" }) { __typename } }`,
    )
  const left = async (id: string) => [
    await failing.test.asOwner('select id from accounts.tenants where id = $1', [id]),
    (await events(failing)).filter(({ tenant_id }) => tenant_id === id),
  ]

  it('are both missing if the commit fails, and the server does not believe that they exist', async () => {
    fails = 'commit'
    expect((await create('hooli')).errors).toHaveLength(1)
    fails = undefined
    expect(await left('hooli')).toEqual([[], []])
    await expect(failing.tollgate.accounts.requireTenant('hooli')).rejects.toThrow('There is no tenant "hooli"')
    expect((await create('hooli')).errors).toEqual([])
    expect((await left('hooli')).map(rows => rows.length)).toEqual([1, 1])
  })

  it('are both missing if the event cannot be recorded', async () => {
    await failing.test.asOwner('alter table audit.events rename to away')
    const { errors } = await create('pied-piper')
    await failing.test.asOwner('alter table audit.away rename to events')
    expect(errors).toHaveLength(1)
    expect(await left('pied-piper')).toEqual([[], []])
    await expect(failing.tollgate.accounts.tenantsByIds(OPERATOR_SCOPE, ['pied-piper'])).resolves.toEqual([])
  })
})
