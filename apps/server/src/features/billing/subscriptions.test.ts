import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  for (const id of ['initech', 'umbrella', 'hooli', 'stark', 'wayne']) await server.tollgate.accounts.createTenant({ id, name: id })
})
afterAll(() => server.stop())

const send = async (query: string, key = server.operatorKey) => (await server.send(key, query)).data
const mutate = async (field: string, input: string, selection: string, key = server.operatorKey) =>
  (
    await send(
      `mutation { result: ${field}(input: ${input}) { __typename ... on Error { code message ... on InvalidInputError { issues { path } } } ${selection} } }`,
      key,
    )
  ).result
const onPlan = (field: string, input: string) =>
  mutate(
    field,
    input,
    `... on ${field.charAt(0).toUpperCase()}${field.slice(1)}Payload { subscription { status seats plan { key } phases { state planKey } revision } }`,
  )
const tenantOf = async (id: string) => (await server.tollgate.accounts.tenantsByIds(OPERATOR_SCOPE, [id]))[0]
const limitsOf = async (tenantId: string) => {
  const { plan, quotas } = await server.tollgate.quotas.status({ tenantId })
  return [plan, ...quotas.map(({ policy }) => `${policy.metric} ${policy.limit?.toFixed() ?? 'unlimited'}`)]
}

const STARTER = `{
  name: "starter", title: "Starter", recurringFee: "20", seats: { included: 1, unitPrice: "5" }, trialDays: 7, creditValue: "0.5",
  usageCharges: [{ name: "markup", markup: { percent: "25" } }],
  quotas: { unlisted: ALLOW, policies: [{ metric: REQUESTS, window: DAY, limit: "7" }] },
  creditAllowance: { amount: "40", rolloverPercent: "50" }
}`

/** Charges of a call that cost 10 USD. */
async function chargeAt(tenantId: string, at: string): Promise<string | undefined> {
  const { data } = await server.send(
    server.operatorKey,
    `mutation { trackUsage(input: { tenantId: "${tenantId}", events: [{ operation: "chat", occurredAt: "${at}", provider: "acme-ai", model: "any", tokens: { input: 1 }, reportedCost: "10" }] }) { ... on TrackUsagePayload { results { event { id } } } } }`,
  )
  const explained = await send(`{ explainCharge(eventId: "${data.trackUsage.results[0].event.id}") { explanation { charge } } }`)
  return explained.explainCharge.explanation.charge
}

describe('a plan', () => {
  it('is published with its quotas and charge rules under its key', async () => {
    const { plan } = await mutate(
      'publishBillingPlan',
      STARTER,
      '... on PublishBillingPlanPayload { plan { key version usageCharges { name kind } seats { unitPrice } creditAllowance { amount } } }',
    )
    expect(plan).toEqual({
      key: 'starter',
      version: 1,
      usageCharges: [{ name: 'markup', kind: 'markup' }],
      seats: { unitPrice: '5' },
      creditAllowance: { amount: '40' },
    })
    expect((await server.tollgate.quotas.plans()).find(({ name }) => name === 'starter')?.policies.map(({ limitKey }) => limitKey)).toHaveLength(1)
    const { chargeRules } = await send('{ chargeRules { nodes { name plan } } }')
    expect(chargeRules.nodes).toContainEqual({ name: 'starter/markup', plan: 'starter' })
  })

  it('keeps the quotas of the version before if the next one has none of its own', async () => {
    const { plan } = await mutate(
      'publishBillingPlan',
      '{ name: "starter", title: "Starter", recurringFee: "25" }',
      '... on PublishBillingPlanPayload { plan { key } }',
    )
    expect(plan.key).toBe('starter@2')
    const plans = await server.tollgate.quotas.plans()
    expect(plans.find(({ name }) => name === 'starter@2')?.policies[0]?.limit?.toFixed()).toBe('7')
  })

  it('is rejected with the paths of all invalid fields', async () => {
    const invalid =
      '{ name: "A b", title: "x", recurringFee: "-1", usageCharges: [{ name: "t", priceModel: { model: { perUnit: { unitPrice: "-1" } } } }], quotas: { unlisted: ALLOW, policies: [{ metric: REQUESTS, window: DAY, limit: "-1" }] } }'
    const { issues } = await mutate('publishBillingPlan', invalid, '')
    expect(issues.map(({ path }: { path: string }) => path)).toEqual([
      'name',
      'recurringFee',
      'usageCharges[0].terms.priceModel.unitPrice',
      'quotas.policies[0].limit',
    ])
  })

  it('leaves nothing if a part of it cannot be published', async () => {
    const counts = async () => (await server.test.asOwner<{ count: string }>(COUNTS))[0]
    const before = await counts()
    for (const table of ['pricing.charge_rules', 'quotas.plans', 'audit.installation_events']) {
      await withFailing(table, async () => {
        const answer = await server.send(
          server.operatorKey,
          `mutation { publishBillingPlan(input: ${STARTER.replace('"starter"', '"broken"')}) { __typename } }`,
        )
        expect(answer.errors).toHaveLength(1)
      })
      expect(await counts()).toEqual(before)
    }
  })
})

const COUNTS = `select (select count(*) from invoicing.plans) as plans, (select count(*) from pricing.charge_rules) as rules, (select count(*) from quotas.plans) as quotas,
  (select count(*) from invoicing.subscriptions) as subscriptions, (select count(*) from credits.allowances) as allowances, (select count(*) from audit.installation_events where result = 'success') as events,
  (select string_agg(id || coalesce(tier, '-') || billing_anchor_day, ' ' order by id) from accounts.tenants) as tiers,
  (select string_agg(tenant_id || revision, ' ' order by tenant_id) from quotas.tenant_revisions) as revisions`

/** Lets every write to a table fail. */
async function withFailing(table: string, work: () => Promise<void>): Promise<void> {
  await server.test.asOwner(`create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`)
  await server.test.asOwner(`create trigger refuse before insert or update on ${table} for each row execute function public.refuse()`)
  await work()
  await server.test.asOwner('drop function public.refuse cascade')
}

describe('a subscription', () => {
  it('sets the tier, quotas, charge rules and credits of its tenant together', async () => {
    expect(await onPlan('subscribe', '{ tenantId: "acme", plan: "starter@1", seats: 3, from: "2026-11-10T00:00:00Z", anchorDay: 10 }')).toMatchObject({
      subscription: { status: 'ACTIVE', seats: 3, plan: { key: 'starter' }, revision: 1 },
    })
    expect(await tenantOf('acme')).toMatchObject({ tier: 'starter', billingAnchorDay: 10 })
    expect(await limitsOf('acme')).toEqual(['starter', 'requests 7'])
    expect((await server.tollgate.credits.wallet({ tenantId: 'acme' }))?.balance.toFixed()).toBe('40')
    expect(await chargeAt('acme', '2026-11-20T11:00:00Z')).toBe('12.5')
  })

  it('leaves nothing of a change if a part of it fails', async () => {
    const counts = async () => (await server.test.asOwner<{ count: string }>(COUNTS))[0]
    const before = await counts()
    for (const table of ['invoicing.subscriptions', 'accounts.tenants', 'quotas.tenant_revisions', 'credits.allowances', 'audit.events']) {
      await withFailing(table, async () => {
        const subscribe = await server.send(server.operatorKey, 'mutation { subscribe(input: { tenantId: "globex", plan: "starter@1" }) { __typename } }')
        const change = await server.send(server.operatorKey, 'mutation { changePlan(input: { tenantId: "acme", plan: "business" }) { __typename } }')
        expect([subscribe.errors.length, change.errors.length]).toEqual([1, 1])
      })
      expect(await counts()).toEqual(before)
    }
  })

  it('says what a change of plan would do to its fees, to its tenant too, and changes nothing', async () => {
    const preview = (change: string, key = server.operatorKey) =>
      server.send(
        key,
        `{ previewSubscriptionChange(tenantId: "acme", ${change}) { invoicedAt currency unchanged { total } changed { lines { description amount } } difference } }`,
      )
    const before = await send('{ subscription(tenantId: "acme") { revision } }')
    const { data } = await preview('plan: "business", at: PERIOD_END', acme)
    const business = await send('{ billingPlans { key recurringFee } }')
    const fee = business.billingPlans.find(({ key }: { key: string }) => key === 'business').recurringFee
    expect(data.previewSubscriptionChange).toMatchObject({ currency: 'USD', invoicedAt: '2026-12-10T00:00:00Z' })
    expect(data.previewSubscriptionChange.changed.lines).toContainEqual({ description: 'Business', amount: fee })
    expect((await preview('plan: "gold"')).errors[0]?.extensions.code).toBe('NOT_FOUND')
    expect(await send('{ subscription(tenantId: "acme") { revision } }')).toEqual(before)
  })

  it('charges past usage by the plan of its time after the plan has changed', async () => {
    await onPlan('changePlan', '{ tenantId: "acme", plan: "business" }')
    expect(await limitsOf('acme')).toContain('business')
    expect(await chargeAt('acme', '2026-11-20T11:30:00Z')).toBe('12.5')
    server.clock.advance({ minutes: 1 })
    expect(await chargeAt('acme', '2026-11-20T12:00:30Z')).toBe('10')
    const { explainPeriodCharge } = await send(
      '{ explainPeriodCharge(tenantId: "acme", range: { from: "2026-11-10T00:00:00Z", to: "2026-12-01T00:00:00Z" }) { total { charge } parts { from total { charge } } } }',
    )
    expect(explainPeriodCharge.parts.map(({ from, total }: any) => [from, total.charge])).toEqual([
      ['2026-11-10T00:00:00Z', '25'],
      ['2026-11-20T12:00:00Z', '10'],
    ])
  })

  it('gives the credits of a plan once in a period, however often the plan changes', async () => {
    await onPlan('changePlan', '{ tenantId: "acme", plan: "starter@1" }')
    await onPlan('changePlan', '{ tenantId: "acme", plan: "business" }')
    expect((await server.tollgate.credits.wallet({ tenantId: 'acme' }))?.balance.toFixed()).toBe('40')
    server.clock.set('2026-12-15T00:00:00Z')
    expect((await server.tollgate.credits.wallet({ tenantId: 'acme' }))?.grants.map(({ amount, source }) => `${source} ${amount.toFixed()}`)).toEqual([
      'rollover 20',
    ])
    server.clock.set('2026-11-20T12:05:00Z')
  })

  it('denies all usage while it is paused, and allows it again', async () => {
    const decide = () => server.tollgate.quotas.enforce({ tenantId: 'acme', requests: [{ metric: 'requests', amount: '1' }] })
    await onPlan('pauseSubscription', '{ tenantId: "acme" }')
    expect([(await tenantOf('acme'))?.tier, (await decide()).allowed]).toEqual(['paused', false])
    await onPlan('resumeSubscription', '{ tenantId: "acme" }')
    expect([(await tenantOf('acme'))?.tier, (await decide()).allowed]).toEqual(['business', true])
  })

  it('decides the tier of its tenant, which nobody else can change', async () => {
    const update = (input: string) => mutate('updateTenant', `{ id: "acme", ${input} }`, '... on UpdateTenantPayload { tenant { tier } }')
    expect(await update('tier: "enterprise"')).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'tier' }] })
    expect(await update('billingAnchorDay: 3')).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'billingAnchorDay' }] })
    expect(await update('name: "Acme Ltd"')).toMatchObject({ tenant: { tier: 'business' } })
  })

  it('ends at the time of its cancellation, and gives the tier free then', async () => {
    expect(await onPlan('cancelSubscription', '{ tenantId: "acme", at: PERIOD_END }')).toMatchObject({ subscription: { status: 'ACTIVE' } })
    server.clock.set('2026-12-10T00:00:00Z')
    expect(await server.tollgate.subscriptions.advance({ first: 10 })).toBe(1)
    expect((await tenantOf('acme'))?.tier).toBe('free')
    const { subscription } = await send('{ subscription { status endedAt plan { key } currentPeriod { from } } }', acme)
    expect(subscription).toEqual({
      status: 'CANCELLED',
      endedAt: '2026-12-10T00:00:00Z',
      plan: { key: 'business' },
      currentPeriod: { from: '2026-12-10T00:00:00Z' },
    })
  })

  it('is made once by concurrent calls of several processes', async () => {
    const other = await server.another()
    const calls = [server.tollgate, other, server.tollgate, other].map(({ subscriptions }) =>
      subscriptions.subscribe({ tenantId: 'initech', plan: 'starter@1' }),
    )
    const made = await Promise.allSettled(calls)
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await server.tollgate.credits.wallet({ tenantId: 'initech' }))?.grants).toHaveLength(1)
  })

  it('is not made twice, nor in the past of an earlier one', async () => {
    expect(await onPlan('subscribe', '{ tenantId: "initech", plan: "pro" }')).toMatchObject({ code: 'OVERLAPPING_SUBSCRIPTION' })
    expect(await onPlan('subscribe', '{ tenantId: "acme", plan: "pro", from: "2026-12-01T00:00:00Z" }')).toMatchObject({ code: 'OVERLAPPING_SUBSCRIPTION' })
    expect(await onPlan('changePlan', '{ tenantId: "initech", plan: "pro", revision: 7 }')).toMatchObject({ code: 'SUBSCRIPTION_CHANGED' })
    expect(await onPlan('changePlan', '{ tenantId: "initech", plan: "gold" }')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await onPlan('changePlan', '{ tenantId: "hooli", plan: "pro" }')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await onPlan('convertTrial', '{ tenantId: "initech" }')).toMatchObject({ code: 'SUBSCRIPTION_NOT_CHANGEABLE' })
  })
})

describe('a trial', () => {
  it('is extended, converted and charged from its conversion on', async () => {
    const started = Temporal.Instant.from('2026-12-10T00:00:00Z')
    expect(await onPlan('startTrial', '{ tenantId: "umbrella", plan: "starter@1" }')).toMatchObject({
      subscription: { status: 'TRIALING', phases: [{ state: 'TRIAL', planKey: 'starter' }] },
    })
    expect(await limitsOf('umbrella')).toEqual(['starter', 'requests 7'])
    expect(await onPlan('extendTrial', '{ tenantId: "umbrella", until: "2026-12-24T00:00:00Z" }')).toMatchObject({ subscription: { status: 'TRIALING' } })
    server.clock.set(started.add({ hours: 24 }))
    expect(await onPlan('convertTrial', '{ tenantId: "umbrella", plan: "pro" }')).toMatchObject({ subscription: { status: 'ACTIVE', plan: { key: 'pro' } } })
    const audited = await server.test.asOwner<{ type: string }>(
      `select family || '.' || action as type from audit.events where tenant_id = 'umbrella' and family in ('billing', 'trial') order by sequence`,
    )
    expect(audited.map(({ type }) => type)).toEqual([
      'billing.subscribed',
      'billing.subscriptionChanged',
      'trial.extended',
      'billing.subscriptionChanged',
      'trial.upgraded',
    ])
  })

  it('expires at its end', async () => {
    await onPlan('startTrial', '{ tenantId: "hooli", plan: "pro" }')
    server.clock.set('2027-01-02T00:00:00Z')
    await server.tollgate.subscriptions.advance({ first: 10 })
    expect((await tenantOf('hooli'))?.tier).toBe('free')
    expect(await onPlan('startTrial', '{ tenantId: "stark", plan: "pro", days: 3 }')).toMatchObject({ subscription: { status: 'TRIALING' } })
    expect(await onPlan('expireTrial', '{ tenantId: "stark" }')).toMatchObject({ subscription: { status: 'EXPIRED' } })
  })
})

it('adds up the recurring revenue of all tenants', async () => {
  await onPlan('subscribe', '{ tenantId: "wayne", plan: "pro", seats: 7 }')
  const { recurringRevenue } = await send('{ recurringRevenue { mrr arr payingTenants movements { new expansion contraction churn reactivation } } }')
  // Acme has paid 30, then 499, and left. Initech pays 20, Umbrella 99, and Wayne 129.
  expect(recurringRevenue).toEqual({
    mrr: '248',
    arr: '2976',
    payingTenants: 3,
    movements: expect.objectContaining({ new: '278', expansion: '469' }),
  })
})
