import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { QuotaStore } from '../../quota-store.ts'
import type { QuotaRequest } from '../../model/decisions/question.ts'
import { newTenant, quotasOver } from '../builders/quotas-over.ts'

const tokens = (amount: string, operation?: string): QuotaRequest => ({ metric: 'tokens', amount, operation })
const requests = (amount: string): QuotaRequest => ({ metric: 'requests', amount })

/** Decisions are exact, and say what they are based on. */
export function decisionContract(store: () => QuotaStore): void {
  describe('decisions', () => {
    it('admit exactly up to the limit', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'cost', window: 'day', limit: '0.3' })
      const take = (amount: string) => quotas.enforce({ tenantId, requests: [{ metric: 'cost', amount }], consume: true })
      expect((await take('0.1')).allowed).toBe(true)
      expect((await take('0.2')).allowed).toBe(true)
      const over = await take('0.000000000000000000000001')
      expect(over.allowed).toBe(false)
      expect(shown(over.results[0])).toEqual({ limit: '0.3', used: '0.3', reserved: '0', remaining: '0', refusal: 'over_limit' })
      expect((await take('0')).allowed).toBe(true)
    })

    it('admit only what was left of a window that the clock goes back to, and to which it comes again', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'hour', limit: '100' })
      const take = async (amount: string) => (await quotas.enforce({ tenantId, requests: [tokens(amount)], consume: true })).allowed
      expect([await take('70'), await take('40')]).toEqual([true, false])
      clock.advance({ hours: 1 })
      expect([await take('80'), await take('30')]).toEqual([true, false])
      clock.advance({ hours: -1 })
      expect([await take('40'), await take('30'), await take('1')]).toEqual([false, true, false])
      clock.advance({ hours: 1 })
      expect([await take('30'), await take('20'), await take('1')]).toEqual([false, true, false])
    })

    it('take nothing without consume', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100' })
      for (let i = 0; i < 3; i++) expect((await quotas.enforce({ tenantId, requests: [tokens('100')] })).allowed).toBe(true)
      const refused = await quotas.enforce({ tenantId, requests: [tokens('101')] })
      expect(shown(refused.results[0])).toEqual({ limit: '100', used: '0', reserved: '0', remaining: '100', refusal: 'over_limit' })
    })

    it('return when to retry: at the reset, in a second if only holds are in the way, never if the amount cannot fit', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100' })
      const ask = async (amount: string) => (await quotas.enforce({ tenantId, requests: [tokens(amount)] })).results[0]
      await quotas.reserve({ tenantId, requests: [tokens('60')] })
      expect((await ask('41'))?.retryAfterMs).toBe(1_000)
      await quotas.consume({ tenantId, requests: [tokens('40')] })
      expect(await ask('61')).toMatchObject({ retryAfterMs: 12 * 3_600_000, resetsAt: Temporal.Instant.from('2026-11-21T00:00:00Z') })
      expect((await ask('101'))?.retryAfterMs).toBeNull()
    })

    it('take all amounts or none, across metrics, windows and scopes', async () => {
      const { quotas, tenantId } = quotasOver(
        store(),
        { metric: 'tokens', window: 'day', limit: '100' },
        { metric: 'tokens', window: 'minute', limit: '60' },
        { metric: 'requests', window: 'day', limit: '2', scope: ['customer'] },
      )
      const take = (amount: string, customer: string) =>
        quotas.enforce({ tenantId, requests: [tokens(amount), requests('1')], dimensions: { customer }, consume: true })
      expect((await take('30', 'a')).allowed).toBe(true)
      expect((await take('30', 'a')).allowed).toBe(true)
      const refused = await take('30', 'a')
      expect(refused.results.map(({ allowed, policy }) => [allowed, policy?.window])).toEqual([
        [false, 'minute'],
        [false, 'day'],
      ])
      expect(refused.results[0]?.checks.map(check => [check.policy.window, check.allowed, check.used?.toFixed()])).toEqual([
        ['day', true, '60'],
        ['minute', false, '60'],
      ])
      expect((await quotas.enforce({ tenantId, requests: [requests('2')], dimensions: { customer: 'b' } })).allowed).toBe(true)
    })

    it('add up several requests for the same counter', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100' })
      const decision = await quotas.enforce({ tenantId, requests: [tokens('60'), tokens('40'), tokens('1')], consume: true })
      expect(decision.results.map(({ allowed }) => allowed)).toEqual([true, true, false])
      expect((await quotas.enforce({ tenantId, requests: [tokens('60'), tokens('40')], consume: true })).allowed).toBe(true)
    })

    it('count each operation and each value of a scope separately, and amounts without a value together', async () => {
      const { quotas, tenantId } = quotasOver(
        store(),
        { metric: 'operations', operation: 'export', window: 'day', limit: '1' },
        { metric: 'tokens', window: 'day', scope: ['organization', 'product', 'customer'], limit: '10' },
      )
      const operate = (operation: string) => quotas.enforce({ tenantId, requests: [{ metric: 'operations', amount: '1', operation }], consume: true })
      expect([(await operate('export')).allowed, (await operate('export')).allowed, (await operate('import')).allowed]).toEqual([true, false, true])
      const use = async (dimensions: object) => (await quotas.enforce({ tenantId, requests: [tokens('10')], dimensions, consume: true })).allowed
      const path = { organization: 'o', product: 'p', customer: 'c' }
      expect([await use(path), await use(path), await use({ ...path, customer: 'd' }), await use({ ...path, product: 'q' })]).toEqual([true, false, true, true])
      expect([await use({ organization: 'o' }), await use({ organization: 'o', session: 's' })]).toEqual([true, false])
    })

    it.each([
      { enforcement: 'hard', taken: 100, allows: [true, false, false, false] },
      { enforcement: 'grace', grace: { percent: '10' }, taken: 100, allows: [true, true, false, false] },
      { enforcement: 'grace', grace: { amount: '20' }, taken: 100, allows: [true, true, true, false] },
      { enforcement: 'soft', taken: 100, allows: [true, true, true, true] },
    ] as const)('with $enforcement enforcement $grace admit $allows for totals of 100, 110, 120 and 121', async ({ taken: _, allows, ...terms }) => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100', ...terms })
      const totals = ['100', '110', '120', '121']
      const answers = []
      for (const total of totals) answers.push((await quotas.enforce({ tenantId, requests: [tokens(total)] })).allowed)
      expect(answers).toEqual(allows)
    })

    it('return when a request fits after the earlier requests for the same counter', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '100' })
      await quotas.consume({ tenantId, requests: [tokens('90')] })
      for (const consume of [false, true]) {
        const retries = async (...amounts: string[]) =>
          (await quotas.enforce({ tenantId, requests: amounts.map(amount => tokens(amount)), consume })).results.map(result => result.retryAfterMs)
        expect(await retries('10', '10')).toEqual([null, 12 * 3_600_000])
        expect(await retries('60', '60')).toEqual([12 * 3_600_000, null])
      }
    })

    it('count unlimited metrics and refuse nothing', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: null })
      const { allowed, results } = await quotas.enforce({ tenantId, requests: [tokens('1000000000000')], consume: true })
      expect(allowed).toBe(true)
      expect(results[0]).toMatchObject({ limit: null, remaining: null, refusal: null })
      expect(results[0]?.used?.toFixed()).toBe('1000000000000')
    })

    it("start at 0 in each window of the tenant's calendar", async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '10' })
      const take = async () => (await quotas.enforce({ tenantId, requests: [tokens('10')], consume: true })).allowed
      expect([await take(), await take()]).toEqual([true, false])
      clock.set('2026-11-20T23:59:59.999Z')
      expect(await take()).toBe(false)
      clock.set('2026-11-21T00:00:00Z')
      expect([await take(), await take()]).toEqual([true, false])
    })

    it('count late usage in the window of its own time, and not in the current one', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '10' })
      await quotas.consume({ tenantId, requests: [tokens('7')], at: Temporal.Instant.from('2026-11-19T23:59:59Z') })
      expect((await quotas.status({ tenantId })).quotas[0]?.used.toFixed()).toBe('0')
      clock.set('2026-11-19T12:00:00Z')
      expect((await quotas.status({ tenantId })).quotas[0]).toMatchObject({ exceeded: false })
      expect((await quotas.status({ tenantId })).quotas[0]?.used.toFixed()).toBe('7')
    })

    it('count usage that happened even if it does not fit', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '10' })
      await quotas.consume({ tenantId, requests: [tokens('25')] })
      const { anyExceeded, quotas: usage } = await quotas.status({ tenantId })
      expect(anyExceeded).toBe(true)
      expect(usage.map(one => [one.used.toFixed(), one.remaining?.toFixed(), one.percentage?.toFixed(), one.exceeded])).toEqual([['25', '0', '250', true]])
    })

    it('are separate for each tenant', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '10' })
      await quotas.consume({ tenantId, requests: [tokens('10')] })
      expect((await quotas.enforce({ tenantId: newTenant(), requests: [tokens('10')] })).allowed).toBe(true)
    })

    it('show up in the status of each scope value, the most used first', async () => {
      const { quotas, tenantId } = quotasOver(store(), { metric: 'tokens', window: 'day', limit: '10', scope: ['customer'] })
      for (const [customer, amount] of [
        ['a', '3'],
        ['b', '12'],
        ['c', '5'],
      ] as const)
        await quotas.consume({ tenantId, requests: [tokens(amount)], dimensions: { customer } })
      const { anyExceeded, quotas: usage } = await quotas.status({ tenantId, first: 2 })
      expect(anyExceeded).toBe(true)
      expect(usage.map(({ scopeValue, used }) => [scopeValue[0], used.toFixed()])).toEqual([
        ['b', '12'],
        ['c', '5'],
      ])
    })
  })
}

function shown(result: { limit: unknown; used: unknown; reserved: unknown; remaining: unknown; refusal: unknown } | undefined) {
  const { limit, used, reserved, remaining, refusal } = result ?? {}
  return { limit: String(limit), used: String(used), reserved: String(reserved), remaining: String(remaining), refusal }
}
