import { openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { Decimal, randomIds, Temporal, tenantScope } from '@tollgate/kernel'
import type { PolicyDraft } from '@tollgate/quotas'
import type { UsageEventDraft } from '@tollgate/usage'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeTollgate } from '../../../compose.ts'
import type { Tollgate } from '../../../tollgate.ts'
import { entities } from '../../../database/entities.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let tollgates: readonly Tollgate[] = []
beforeAll(async () => {
  server = await startGraphQLTestServer()
  tollgates = [server.tollgate, await server.another(), await server.another()]
})
afterAll(() => server.stop())

async function newTenant(tier: string | null = null): Promise<string> {
  const { id } = await server.tollgate.accounts.createTenant({ id: `tenant-${randomIds().uuidV7(0)}`, name: 'Tenant', tier })
  return id
}

/** What is used of every quota, by limit key and scope value. */
async function counts(tenantId: string): Promise<Record<string, string>> {
  const { quotas } = await server.tollgate.quotas.status({ tenantId })
  return Object.fromEntries(quotas.map(({ policy, scopeValue, used }) => [[policy.limitKey, ...scopeValue].join(' ').trim(), used.toFixed()]))
}

const OPERATIONS = ['chat', 'embed', 'chat'] as const
const CUSTOMERS = ['a', 'b', null, 'a'] as const
const STATUSES = ['success', 'failure', 'success', 'rate_limited', 'success'] as const

/** Events of each kind. Some have an unknown cost; some are late, of yesterday or of the month before. */
function events(count: number, from = 0): UsageEventDraft[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const daysAgo = n % 11 === 0 ? 1 : n % 13 === 0 ? 25 : 0
    return {
      operation: OPERATIONS[n % 3] ?? '',
      status: STATUSES[n % 5] ?? 'success',
      provider: 'openai',
      model: n % 7 === 0 ? 'unheard-of' : 'gpt-5-mini',
      tokens: n % 4 === 0 ? undefined : { input: n, output: 2 },
      reportedCost: n % 6 === 0 ? new Decimal('0.000001').times(n + 1) : undefined,
      metadata: { customerId: CUSTOMERS[n % 4] ?? null, sessionId: 'sess' },
      occurredAt: Temporal.Instant.from('2026-11-20T11:59:00Z').subtract({ hours: 24 * daysAgo, minutes: n % 90 }),
    } satisfies UsageEventDraft
  })
}

const POLICIES = [
  { metric: 'tokens', window: 'day', limit: '1000' },
  { metric: 'requests', window: 'hour', scope: ['customer'], limit: null },
  { metric: 'cost', window: 'month', limit: '1' },
  { metric: 'operations', operation: 'chat', window: 'week', limit: '10', enforcement: 'soft' },
  { metric: 'tokens', window: 'day', sliding: true, scope: ['customer', 'model', 'operation'], limit: '100' },
  { metric: 'requests', window: 'billing_period', limit: '99999' },
] as const satisfies readonly PolicyDraft[]

/** Counts the same usage from the first event on. */
async function countFromTheStart(batches: readonly (readonly UsageEventDraft[])[]): Promise<Record<string, string>> {
  const tenantId = await newTenant()
  await setAll(tenantId)
  await Promise.all(batches.map(batch => server.tollgate.usage.track({ tenantId, events: batch })))
  return counts(tenantId)
}

async function setAll(tenantId: string): Promise<void> {
  for (const policy of POLICIES) await server.tollgate.quotas.setQuota({ tenantId, ...policy })
}

describe('a limit that is set in the middle of a window', () => {
  it('counts the tokens that were recorded today', async () => {
    const tenantId = await newTenant()
    const call = { operation: 'chat', provider: 'openai', model: 'gpt-5-mini', occurredAt: Temporal.Instant.from('2026-11-20T08:00:00Z') }
    await server.tollgate.usage.track({ tenantId, events: [{ ...call, tokens: { input: 20_000, output: 10_000 } }] })
    await server.tollgate.quotas.setQuota({ tenantId, metric: 'tokens', window: 'day', limit: '50000' })
    expect(await counts(tenantId)).toEqual({ 'tokens/day//': '30000' })
    const alerts = await server.tollgate.quotas.alerts(tenantScope(tenantId), { first: 10 })
    expect(alerts.map(({ threshold, used }) => [threshold.toFixed(), used.toFixed()])).toEqual([['50', '30000']])
  })

  it('counts every metric, scope and window as if it had been set from the start, except by session', async () => {
    const tenantId = await newTenant()
    const batches = [events(60), events(60, 60)]
    for (const batch of batches) await server.tollgate.usage.track({ tenantId, events: batch })
    await server.tollgate.quotas.setQuota({ tenantId, metric: 'requests', window: 'day', scope: ['session'], limit: '10' })
    expect(await counts(tenantId)).toEqual({})
    await server.tollgate.quotas.clearQuota({ tenantId, metric: 'requests', window: 'day', scope: ['session'] })
    await setAll(tenantId)
    const opened = await counts(tenantId)
    expect(opened).toEqual(await countFromTheStart(batches))
    expect(Object.keys(opened).length).toBeGreaterThan(15)
  })
})

it('changes anything with a single database connection', async () => {
  const database = await openEntityDatabase({ ...server.test.access, entities, poolSize: 1 })
  const tollgate = composeTollgate({ database, clock: server.clock, ids: randomIds() })
  const plan = `plan-${randomIds().uuidV7(0)}`
  const tenantId = await newTenant()
  await tollgate.usage.track({ tenantId, events: events(30) })
  await tollgate.quotas.setQuota({ tenantId, ...POLICIES[0] })
  await tollgate.quotas.publishPlan({ name: plan, policies: [POLICIES[1]], unlisted: 'allow' })
  await tollgate.accounts.updateTenant({ id: tenantId, tier: plan })
  await tollgate.quotas.publishPlan({ name: plan, policies: POLICIES, unlisted: 'allow' })
  await tollgate.stop()
  await database.close()
  expect(await counts(tenantId)).toEqual(await countFromTheStart([events(30)]))
})

describe('while three servers record usage', () => {
  const WRITERS = 6

  /** Records events until the change is done and a little longer. Returns the recorded events by tenant. */
  async function recordWhile(tenantIds: readonly string[], change: () => Promise<unknown>): Promise<Map<string, UsageEventDraft[][]>> {
    const recorded = new Map(tenantIds.map(tenantId => [tenantId, [] as UsageEventDraft[][]]))
    let changed = false
    let begin = () => {}
    const begun = new Promise<void>(resolve => (begin = resolve))
    const write = async (writer: number) => {
      for (let n = 0, after = 0; after < 2; n++) {
        if (changed) after += 1
        const tenantId = tenantIds[(n + writer) % tenantIds.length] ?? ''
        const batch = events(9, 10 * n + writer)
        recorded.get(tenantId)?.push(batch)
        await tollgates[writer % 3]?.usage.track({ tenantId, events: batch })
        if (n === 1) begin()
      }
    }
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
    await begun
    try {
      await change()
    } finally {
      changed = true
    }
    await writers
    return recorded
  }

  const rounds = async (count: number, round: (i: number) => Promise<void>) => {
    for (let i = 0; i < count; i++) await round(i)
  }

  it('counts each event once when a limit is set', () =>
    rounds(2, async i => {
      const tenantId = await newTenant()
      const recorded = await recordWhile([tenantId], () =>
        Promise.all(POLICIES.map(async policy => tollgates[i % 3]?.quotas.setQuota({ tenantId, ...policy }))),
      )
      expect(await counts(tenantId)).toEqual(await countFromTheStart(recorded.get(tenantId) ?? []))
    }))

  it('counts each event once when a tenant gets another plan', async () => {
    const plan = `plan-${randomIds().uuidV7(0)}`
    await server.tollgate.quotas.publishPlan({ name: plan, policies: POLICIES, unlisted: 'allow' })
    await rounds(2, async i => {
      const tenantId = await newTenant()
      const recorded = await recordWhile([tenantId], async () => tollgates[i % 3]?.accounts.updateTenant({ id: tenantId, tier: plan }))
      expect(await counts(tenantId)).toEqual(await countFromTheStart(recorded.get(tenantId) ?? []))
    })
  })

  it('counts each event of all its tenants once when a plan is published', () =>
    rounds(2, async i => {
      const plan = `plan-${randomIds().uuidV7(0)}`
      const tenantIds = await Promise.all([newTenant(plan), newTenant(plan), newTenant(plan)])
      const recorded = await recordWhile(tenantIds, async () => {
        for (let n = 1; n <= POLICIES.length; n++)
          await tollgates[(i + n) % 3]?.quotas.publishPlan({ name: plan, policies: POLICIES.slice(0, n), unlisted: 'allow' })
      })
      for (const tenantId of tenantIds) expect(await counts(tenantId)).toEqual(await countFromTheStart(recorded.get(tenantId) ?? []))
    }))

  it('counts each event once when limits are set, removed and set again for several tenants', () =>
    rounds(2, async () => {
      const tenantIds = await Promise.all([newTenant(), newTenant(), newTenant()])
      const recorded = await recordWhile(tenantIds, () =>
        Promise.all(
          tenantIds.map(async (tenantId, i) => {
            await setAll(tenantId)
            for (const { limit, ...limitKey } of POLICIES) await tollgates[i]?.quotas.clearQuota({ tenantId, ...limitKey })
            await setAll(tenantId)
          }),
        ),
      )
      for (const tenantId of tenantIds) expect(await counts(tenantId)).toEqual(await countFromTheStart(recorded.get(tenantId) ?? []))
    }))
})
