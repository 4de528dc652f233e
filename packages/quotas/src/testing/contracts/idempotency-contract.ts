import { InvalidInput } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import { IdempotencyKeyReused } from '../../model/errors.ts'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { QuotaStore } from '../../quota-store.ts'
import { atOnce, newTenant, quotasOver } from '../builders/quotas-over.ts'

const DAILY = { metric: 'tokens', window: 'day', limit: '100' } as const

/** Amounts with an idempotency key count once. */
export function idempotencyContract(store: () => QuotaStore): void {
  const setUp = (...policies: readonly PolicyDraft[]) => {
    const made = quotasOver(store(), ...(policies.length === 0 ? [DAILY] : policies))
    const { quotas, tenantId } = made
    const take = (idempotencyKey: string, amount = '60', input: object = {}) =>
      quotas.enforce({ tenantId, requests: [{ metric: 'tokens', amount }], consume: true, idempotencyKey, ...input })
    const used = async () => (await quotas.status({ tenantId })).quotas.map(quota => quota.used.toFixed())
    return { ...made, take, used }
  }

  describe('an idempotency key', () => {
    it('makes amounts count once, and a repeat is allowed even if nothing is left', async () => {
      const { quotas, tenantId, take, used } = setUp()
      expect((await take('a')).allowed).toBe(true)
      await quotas.consume({ tenantId, requests: [{ metric: 'tokens', amount: '40' }] })
      const again = await take('a', '60.0')
      expect([again.allowed, again.results[0]?.refusal, again.results[0]?.used?.toFixed()]).toEqual([true, null, '100'])
      expect((await take('b', '1')).allowed).toBe(false)
      expect(await used()).toEqual(['100'])
    })

    it('makes amounts count once if they are sent several times at the same time, by several processes', async () => {
      const { tenantId, clock, used } = setUp()
      const processes = Array.from({ length: 4 }, () => createQuotas({ store: store(), policies: [DAILY], clock }))
      const decisions = await atOnce(40, async i =>
        processes[i % 4]?.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '7' }], consume: true, idempotencyKey: `key-${i % 5}` }),
      )
      expect(decisions.every(decision => decision?.allowed)).toBe(true)
      expect(await used()).toEqual(['35'])
    })

    it('counts nothing in a later window, also if a repeat races with the first call', async () => {
      const { clock, take, used } = setUp()
      clock.set('2026-11-20T23:59:59.999Z')
      const first = take('a')
      clock.set('2026-11-21T00:00:00Z')
      const [one, two] = await Promise.all([first, take('a')])
      expect([one.allowed, two.allowed]).toEqual([true, true])
      expect(await used()).toEqual(['0'])
      clock.set('2026-11-20T23:59:59.999Z')
      expect(await used()).toEqual(['60'])
    })

    it('does not keep a refusal: a repeat may be allowed later, and then counts once', async () => {
      const { clock, take, used } = setUp()
      await take('a', '70')
      expect((await take('b')).allowed).toBe(false)
      clock.advance({ hours: 24 })
      expect((await take('b')).allowed).toBe(true)
      expect((await take('b')).allowed).toBe(true)
      expect(await used()).toEqual(['60'])
    })

    it('is refused for other amounts, operations or dimensions, and is separate in each tenant', async () => {
      const { take, used, quotas } = setUp()
      await take('a')
      await expect(take('a', '61')).rejects.toThrow(IdempotencyKeyReused)
      await expect(take('a', '60', { dimensions: { customer: 'c' } })).rejects.toThrow(IdempotencyKeyReused)
      await expect(take('a', '60', { requests: [{ metric: 'tokens', amount: '60', operation: 'chat' }] })).rejects.toThrow(IdempotencyKeyReused)
      await expect(take('a', '60', { requests: [{ metric: 'requests', amount: '60' }] })).rejects.toThrow(IdempotencyKeyReused)
      expect(await used()).toEqual(['60'])
      const tenantId = newTenant()
      expect((await take('a', '10', { tenantId })).allowed).toBe(true)
      expect((await quotas.status({ tenantId })).quotas[0]?.used.toFixed()).toBe('10')
    })

    it('allows a repeat even if the policies refuse it by now, and nothing else', async () => {
      const { tenantId, clock } = setUp()
      const over = (unlisted: 'allow' | 'deny') => createQuotas({ store: store(), policies: [DAILY], unlisted, clock })
      const ask = { tenantId, requests: [{ metric: 'tokens', amount: '60' }, { metric: 'credits', amount: '1' }], consume: true } as const // prettier-ignore
      expect((await over('allow').enforce({ ...ask, idempotencyKey: 'a' })).allowed).toBe(true)
      const repeated = await over('deny').enforce({ ...ask, idempotencyKey: 'a' })
      expect([repeated.allowed, repeated.results.map(({ refusal }) => refusal)]).toEqual([true, [null, null]])
      const refused = await over('deny').enforce({ ...ask, idempotencyKey: 'b' })
      expect([refused.allowed, refused.results.map(({ refusal }) => refusal)]).toEqual([false, ['over_limit', 'no_policy']])
      await expect(over('deny').enforce({ ...ask, requests: [{ metric: 'credits', amount: '2' }], idempotencyKey: 'a' })).rejects.toThrow(IdempotencyKeyReused)
      expect((await over('allow').status({ tenantId })).quotas.map(quota => quota.used.toFixed())).toEqual(['60'])
    })

    it('takes all amounts or none, and each question its own key', async () => {
      const { take, used } = setUp(DAILY, { metric: 'requests', window: 'day', limit: '2' })
      const requests = [{ metric: 'tokens', amount: '10' }, { metric: 'requests', amount: '1' }] // prettier-ignore
      const allowed = []
      for (const key of ['a', 'a', 'b', 'b', 'c', 'c']) allowed.push((await take(key, '', { requests })).allowed)
      expect(allowed).toEqual([true, true, true, true, false, false])
      expect(await used()).toEqual(['20', '2'])
    })

    it('is decided exactly while processes hold leases', async () => {
      const leased = { ...DAILY, limit: '1000', lease: true } as const
      const { tenantId, clock } = quotasOver(store(), leased)
      const processes = Array.from({ length: 2 }, () => createQuotas({ store: store(), policies: [leased], clock }))
      let admitted = 0
      for (let i = 0; i < 600; i++) {
        const decision = await processes[i % 2]?.enforce({ tenantId, requests: [{ metric: 'tokens', amount: '1' }], consume: true })
        if (decision?.allowed) admitted += 1
      }
      for (let i = 0; i < 20; i++) {
        const question = { tenantId, requests: [{ metric: 'tokens', amount: '30' }], consume: true, idempotencyKey: `k${i % 10}` } as const
        if ((await processes[i % 2]?.enforce(question))?.allowed) admitted += i < 10 ? 30 : 0
      }
      await Promise.all(processes.map(one => one.stop()))
      expect(admitted).toBe(900)
      const status = await createQuotas({ store: store(), policies: [leased], clock }).status({ tenantId })
      expect(status.quotas[0]?.used.toFixed()).toBe('900')
    })

    it('is kept for a day by default, and forgotten by the sweep afterwards', async () => {
      const { quotas, clock, take } = setUp({ metric: 'tokens', window: 'month', limit: '100' })
      // Long ago, so that the sweep leaves the data of other tests alone.
      clock.set('2020-01-01T12:00:00Z')
      await take('a', '40')
      clock.advance({ hours: 24 })
      await quotas.sweep()
      await take('a', '40')
      clock.advance({ seconds: 1 })
      await quotas.sweep()
      const third = await take('a', '40')
      expect(third.results[0]?.used?.toFixed()).toBe('80')
    })

    it.each(['', 'x'.repeat(257)])('is rejected if it is %j', async idempotencyKey => {
      await expect(setUp().take(idempotencyKey)).rejects.toThrow(/^idempotencyKey: must /)
    })

    it('requires consume', async () => {
      await expect(setUp().take('a', '1', { consume: false })).rejects.toThrow(InvalidInput)
    })
  })
}
