import { Temporal, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import { quotasOver } from '../builders/quotas-over.ts'

const SLIDING: PolicyDraft = { metric: 'tokens', window: 'minute', sliding: true, limit: '100' }
const at = (time: string) => Temporal.Instant.from(`2026-11-20T${time}Z`)

/** Sliding windows forget usage one step at a time. */
export function slidingContract(store: () => QuotaStore): void {
  describe('sliding windows', () => {
    const take = async (quotas: Quotas, tenantId: string, amount: string) =>
      (await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], consume: true })).allowed
    const use = (quotas: Quotas, tenantId: string, amount: string, time?: string) =>
      quotas.consume({ tenantId, requests: [{ metric: 'tokens', amount }], at: time === undefined ? undefined : at(time) })
    const used = async (quotas: Quotas, tenantId: string) => (await quotas.status({ tenantId })).quotas[0]?.used.toFixed()

    it.each([
      { window: 'minute', lastCounted: '12:01:00.999', gone: '12:01:01' },
      { window: 'hour', lastCounted: '13:00:59.999', gone: '13:01:00' },
      { window: 'day', lastCounted: '2026-11-21T12:23:59.999', gone: '2026-11-21T12:24:00' },
      { window: 'week', lastCounted: '2026-11-27T12:23:59.999', gone: '2026-11-27T12:24:00' },
    ] as const)('of a $window count usage until one step after the window has passed', async ({ window, lastCounted, gone }) => {
      const { quotas, clock, tenantId } = quotasOver(store(), { ...SLIDING, window })
      const day = (time: string) => (time.includes('T') ? `${time}Z` : `2026-11-20T${time}Z`)
      expect(await take(quotas, tenantId, '100')).toBe(true)
      clock.set(day(lastCounted))
      expect([await used(quotas, tenantId), await take(quotas, tenantId, '1')]).toEqual(['100', false])
      clock.set(day(gone))
      expect([await used(quotas, tenantId), await take(quotas, tenantId, '100')]).toEqual(['0', true])
    })

    it('forget one step at a time, and return when the next step expires and when the amount will fit', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), SLIDING)
      for (const [time, amount] of [
        ['12:00:00.000', '30'],
        ['12:00:10.500', '30'],
        ['12:00:20.999', '40'],
      ] as const) {
        clock.set(at(time))
        expect(await take(quotas, tenantId, amount)).toBe(true)
      }
      clock.set(at('12:00:30'))
      const ask = async (amount: string) => {
        const [answer] = (await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], consume: true })).results
        return [answer?.resetsAt?.toString(), answer?.retryAfterMs]
      }
      expect(await ask('30')).toEqual(['2026-11-20T12:01:01Z', 31_000])
      expect(await ask('31')).toEqual(['2026-11-20T12:01:01Z', 41_000])
      expect(await ask('100')).toEqual(['2026-11-20T12:01:01Z', 51_000])
      expect(await ask('101')).toEqual(['2026-11-20T12:01:01Z', null])
      clock.set(at('12:01:01'))
      expect(await ask('31')).toEqual(['2026-11-20T12:01:11Z', 10_000])
      expect([await take(quotas, tenantId, '30'), await take(quotas, tenantId, '1')]).toEqual([true, false])
      expect((await quotas.status({ tenantId })).quotas[0]?.resetsAt.toString()).toBe('2026-11-20T12:01:11Z')
    })

    it('without usage reset when usage of now would expire', async () => {
      const { quotas, tenantId } = quotasOver(store(), SLIDING)
      expect((await quotas.status({ tenantId })).quotas[0]?.resetsAt.toString()).toBe('2026-11-20T12:01:01Z')
    })

    it('count late usage in the step of its own time, and ignore usage that is older than the window', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), SLIDING)
      await use(quotas, tenantId, '7', '11:59:30')
      await use(quotas, tenantId, '1', '11:59:00')
      await use(quotas, tenantId, '50', '11:58:59.999')
      expect(await used(quotas, tenantId)).toBe('8')
      clock.set(at('12:00:01'))
      expect(await used(quotas, tenantId)).toBe('7')
      clock.set(at('12:00:31'))
      expect(await used(quotas, tenantId)).toBe('0')
    })

    it('count usage of the future from now on', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), SLIDING)
      await use(quotas, tenantId, '60', '18:00:00')
      expect(await used(quotas, tenantId)).toBe('60')
      clock.set(at('12:01:01'))
      expect(await used(quotas, tenantId)).toBe('0')
    })

    it('count usage of servers with clocks ahead for servers with clocks behind', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), SLIDING)
      clock.set(at('12:00:02'))
      await take(quotas, tenantId, '100')
      clock.set(at('12:00:00'))
      expect(await take(quotas, tenantId, '1')).toBe(false)
    })

    it('hold as long as a reservation does, and count its settlement in the step in which it was made', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), SLIDING)
      const reserve = async () => (await quotas.reserve({ tenantId, requests: [{ metric: 'tokens', amount: '60' }], ttlSeconds: 600 })).reservation?.id ?? ''
      const early = await reserve()
      clock.set(at('12:01:30'))
      const refused = await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '41' }], consume: true })
      expect([refused.allowed, refused.results[0]?.retryAfterMs]).toEqual([false, 1_000])
      await quotas.settle({ reservationId: early })
      expect(await used(quotas, tenantId)).toBe('0')
      const late = await reserve()
      clock.set(at('12:02:00'))
      await quotas.settle({ reservationId: late, actual: [{ metric: 'tokens', amount: '80' }] })
      expect(await used(quotas, tenantId)).toBe('80')
      clock.set(at('12:02:31'))
      expect(await used(quotas, tenantId)).toBe('0')
    })

    it('count each scope value separately, in addition to a fixed window of the same length', async () => {
      const scoped = { ...SLIDING, scope: ['customer'], limit: '10' } as const
      const { quotas, clock, tenantId } = quotasOver(store(), scoped, { ...scoped, sliding: false, limit: '12' })
      const takeFor = async (customer: string, amount: string) =>
        (await quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], dimensions: { customer }, consume: true })).allowed
      clock.set(at('12:00:59'))
      expect([await takeFor('a', '10'), await takeFor('b', '4'), await takeFor('a', '1')]).toEqual([true, true, false])
      clock.set(at('12:01:00'))
      expect([await takeFor('a', '1'), await takeFor('b', '6'), await takeFor('b', '1')]).toEqual([false, true, false])
      expect((await quotas.status({ tenantId })).quotas.map(one => [one.policy.sliding, one.scopeValue[0], one.used.toFixed()])).toEqual([
        [true, 'a', '10'],
        [true, 'b', '10'],
        [false, 'b', '6'],
      ])
    })

    it('are set and cleared separately from fixed windows', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...SLIDING, sliding: false })
      const limitKey = { tenantId, metric: 'tokens', window: 'minute', sliding: true } as const
      const limits = async () => (await quotas.status({ tenantId })).quotas.map(({ policy, limit }) => [policy.sliding, limit?.toFixed()])
      await quotas.setQuota({ ...limitKey, limit: '5' })
      expect(await limits()).toEqual([
        [false, '100'],
        [true, '5'],
      ])
      await quotas.clearQuota(limitKey)
      expect(await limits()).toEqual([[false, '100']])
    })

    it('alert again if usage was below a threshold and a window has passed, and not while usage oscillates or stays above', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), { ...SLIDING, alertAt: ['50'] })
      const raisedBy = async (time: string, amount: string) => {
        const before = (await quotas.alerts(tenantScope(tenantId), { first: 100 })).at(-1)?.cursor
        clock.set(at(time))
        await use(quotas, tenantId, amount)
        return (await quotas.alerts(tenantScope(tenantId), { first: 100, after: before })).map(({ used: amountUsed }) => amountUsed.toFixed())
      }
      expect(await raisedBy('12:00:00', '40')).toEqual([])
      expect(await raisedBy('12:00:50', '20')).toEqual(['60'])
      // 12:00:00 has expired: 20, then 55. Below and above again, but within a window of the alert.
      expect(await raisedBy('12:01:02', '35')).toEqual([])
      // Stays above: 12:00:50 expires, but new usage keeps it over 50 at every use.
      expect(await raisedBy('12:01:49', '30')).toEqual([])
      expect(await raisedBy('12:02:00', '30')).toEqual([])
      // All but 12:02:00 has expired: 30, then 60.
      expect(await raisedBy('12:02:51', '30')).toEqual(['60'])
      const alerts = await quotas.alerts(tenantScope(tenantId), { first: 100 })
      expect(alerts.map(({ sliding, windowFrom, windowTo }) => [sliding, windowFrom.toString(), windowTo.toString()])).toEqual([
        [true, '2026-11-20T11:59:50Z', '2026-11-20T12:00:51Z'],
        [true, '2026-11-20T12:01:51Z', '2026-11-20T12:02:52Z'],
      ])
    })
  })
}
