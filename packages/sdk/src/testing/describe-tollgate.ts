import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { metadata } from '@tollgate/metadata'
import { createTollgate } from '../create-tollgate.ts'
import type { Tollgate } from '../tollgate.ts'
import type { QuotaAlert } from '../tollgate-engine.ts'
import type { ClientOptions, EngineOptions, ServerOptions } from '../tollgate-options.ts'

/** An installation that a client is tested against. */
export interface TollgateUnderTest {
  /** How a client of a new tenant finds it. */
  newTenant(): Promise<ServerOptions | EngineOptions>
  /** Limits a metric of that tenant to so much a day. Alerts at 10 and 80 percent. */
  limit(client: ServerOptions | EngineOptions, metric: 'tokens' | 'requests', amount: number): Promise<void>
  /** Gives credits to that tenant. */
  grant(client: ServerOptions | EngineOptions, amount: string): Promise<void>
  /** Returns a cursor of alerts that all later alerts come after. */
  alertCursor(client: ServerOptions | EngineOptions): Promise<string>
  /** The present of the installation. */
  now(): Date
}

/** Tests that the client works with an engine, whatever the engine is. */
export function describeTollgate(name: string, installation: () => TollgateUnderTest): void {
  describe(name, () => {
    let where: ServerOptions | EngineOptions
    let tollgate: Tollgate
    const errors: Error[] = []
    const create = (options: ClientOptions = {}) =>
      createTollgate({ ...where, onError: error => errors.push(error), platform: { nowMs: () => installation().now().getTime() }, ...options })
    const today = () => {
      const from = new Date(installation().now())
      from.setUTCHours(0, 0, 0, 0)
      return { from, to: new Date(from.getTime() + 86_400_000) }
    }

    beforeEach(async () => {
      errors.length = 0
      where = await installation().newTenant()
      tollgate = create()
    })
    afterEach(() => tollgate.close())

    it('records calls once, and reports them at once', async () => {
      const call = { operation: 'chat', provider: 'openai', model: 'gpt-5-mini', tokens: { input: 1_000_000, output: 0 }, latencyMs: 100, callId: 'call-1' }
      const described = {
        ...call,
        metadata: metadata().customer('cust_0001').feature('chat').custom('x', 1),
        estimated: true,
        units: [{ kind: 'web_search', quantity: '2' }],
      }
      expect(await tollgate.trackAiCall(described)).toEqual({ callId: 'call-1', outcome: 'ACCEPTED' })
      expect(await tollgate.trackAiCall({ ...described, occurredAt: installation().now() })).toMatchObject({ outcome: 'DUPLICATE' })
      expect(await tollgate.trackAiCall({ ...described, tokens: { input: 5 } })).toMatchObject({ outcome: 'CONFLICT' })
      const rejected = await tollgate.trackAiCall({ ...call, callId: 'call-2', tokens: { input: -5 } })
      expect(rejected.outcome).toBe('REJECTED')
      expect(rejected.reason).toContain('tokens')
      await tollgate.trackUsage('embedding').recordFailure(new Error('overloaded'), 529)
      await tollgate.trackUsage('embedding').recordRateLimit()

      const report = await tollgate.usage({ range: today(), series: { granularity: 'HOUR' }, breakdown: { by: ['OPERATION'], orderBy: 'CALLS' } })
      expect(report.totals).toMatchObject({ calls: 3, successes: 1, failures: 1, rateLimited: 1, customers: 1 })
      expect(Number(report.totals.tokens.total)).toBe(1_000_000)
      expect(report.series).toHaveLength(24)
      expect(report.breakdown?.map(({ key, measures }) => [key[0]?.value, measures.calls]).toSorted()).toEqual([
        ['chat', 1],
        ['embedding', 2],
      ])
    })

    it('records many calls, and reports the outcome of each', async () => {
      const calls = Array.from({ length: 1_500 }, (_, i) => ({ operation: i === 700 ? '' : 'bulk', callId: `bulk-${i}` }))
      const receipts = await tollgate.trackBulk(calls)
      expect(receipts.map(({ callId }) => callId)).toEqual(calls.map(({ callId }) => callId))
      expect(receipts.flatMap(({ outcome }, i) => (outcome === 'ACCEPTED' ? [] : [[i, outcome]]))).toEqual([[700, 'REJECTED']])
      expect(tollgate.stats()).toMatchObject({ accepted: 1_499, rejected: 1, queued: 0, inFlight: 0 })
    })

    it('checks quotas, which calls count against', async () => {
      await installation().limit(where, 'tokens', 1_000)
      expect(await tollgate.enforceQuota('tokens', 1_000)).toMatchObject({ metric: 'TOKENS', allowed: true, limit: '1000', used: '0' })
      await tollgate.trackAiCall({ operation: 'chat', tokens: { input: 600 } })
      expect(await tollgate.enforceQuotas([{ metric: 'TOKENS', amount: 500 }])).toMatchObject({
        allowed: false,
        degraded: false,
        results: [{ refusal: 'OVER_LIMIT', used: '600', remaining: '400' }],
      })
      expect(await tollgate.enforceQuota('tokens', '100', { consume: true })).toMatchObject({ allowed: true, used: '700' })
      const { quotas } = await tollgate.quotaStatus()
      expect(quotas.find(({ metric, window }) => metric === 'TOKENS' && window === 'DAY')).toMatchObject({
        used: '700',
        remaining: '300',
        percentage: '70',
        enforcement: 'HARD',
      })
    })

    it('reserves, and settles by a call, by hand, or not at all', async () => {
      await installation().limit(where, 'tokens', 1_000)
      const used = async () => (await tollgate.enforceQuota('tokens', 0)).used
      const tokens = (amount: number) => [{ metric: 'tokens', amount } as const]
      {
        await using reservation = await tollgate.reserve(tokens(800))
        await expect(tollgate.reserve(tokens(300))).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', decision: { results: [{ reserved: '800' }] } })
        await tollgate.trackAiCall({ operation: 'chat', tokens: { input: 300 }, reservationId: reservation.id })
      }
      expect(await used()).toBe('300')
      const byHand = await tollgate.reserve(tokens(500), { ttlSeconds: 30 })
      const before = byHand.expiresAt
      await byHand.extend(120)
      expect(byHand.expiresAt?.getTime()).toBeGreaterThan(before?.getTime() ?? 0)
      await byHand.settle(tokens(100))
      expect(await used()).toBe('400')
      {
        await using _ = await tollgate.reserve(tokens(600))
      }
      expect(await tollgate.enforceQuota('tokens', 600)).toMatchObject({ allowed: true, reserved: '0' })
      expect(errors).toEqual([])
    })

    it('charges credits to the wallet, once for each call', async () => {
      expect(await tollgate.wallet()).toBeNull()
      await installation().grant(where, '1')
      const usage = {
        userId: 'u1',
        actionType: 'youtube_sync',
        credits: 0.005,
        description: 'Synced 50 videos',
        resourceType: 'youtube_connection',
        resourceId: 'c1',
      }
      expect(await tollgate.trackComputeUsage(usage)).toMatchObject({ outcome: 'ACCEPTED' })
      const call = { operation: 'workflow_execution', credits: '0.001', callId: 'once' }
      await tollgate.trackCompute(call)
      await tollgate.trackCompute(call)
      const wallet = await tollgate.wallet()
      expect(wallet).toMatchObject({
        customerId: null,
        balance: '0.994',
        consumed: '0.006',
        currentMonthConsumed: '0.006',
        grants: [{ amount: '1', remaining: '0.994' }],
      })
    })

    it('rejects a question that is invalid, and never fails open for it', async () => {
      await expect(tollgate.enforceQuota('tokens', -1)).rejects.toMatchObject({ code: 'REFUSED' })
    })

    it('follows alerts, and continues after the last one', async () => {
      await installation().limit(where, 'requests', 10)
      const alerts: QuotaAlert[] = []
      const listener = (alert: QuotaAlert) => void alerts.push(alert)
      const run = (count: number) => tollgate.trackBulk(Array.from({ length: count }, () => ({ operation: 'run' })))
      const first = tollgate.onAlert(listener, { after: await installation().alertCursor(where) })
      await run(1)
      await vi.waitFor(() => expect(alerts).toHaveLength(1), 20_000)
      first.close()
      await run(7)
      using again = tollgate.onAlert(listener, { after: first.cursor })
      await vi.waitFor(() => expect(alerts).toHaveLength(2), 20_000)
      expect(alerts).toMatchObject([
        { metric: 'REQUESTS', limit: '10', threshold: '10' },
        { metric: 'REQUESTS', limit: '10', threshold: '80' },
      ])
      expect(again.cursor).toBe(alerts[1]?.cursor)
    })
  })
}
