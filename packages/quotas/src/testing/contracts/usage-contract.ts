import { InvalidInput, OPERATOR_SCOPE, settableClock, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import { newTenant, quotasOver } from '../builders/quotas-over.ts'

const DAILY: PolicyDraft = { metric: 'tokens', window: 'day', limit: '100' }
const OF_CUSTOMER: PolicyDraft = { ...DAILY, scope: ['customer'], limit: '10' }
const SLIDING: PolicyDraft = { ...DAILY, window: 'hour', sliding: true, scope: ['customer'], limit: '20' }

/** Usage is listed in pages: of now, near limits, and of past windows. */
export function usageContract(store: () => QuotaStore): void {
  const use = (quotas: Quotas, tenantId: string, amount: string, customer?: string) =>
    quotas.consume({ tenantId, requests: [{ metric: 'tokens', amount }], dimensions: { customer } })

  describe('quota usage', () => {
    const shown = async (quotas: Quotas, input: Parameters<Quotas['usage']>[0]) => {
      const { items, next } = await quotas.usage(input)
      return {
        next,
        shown: items.map(({ policy, scopeValue, used }) => `${policy.sliding ? 'last ' : ''}${policy.window} ${String(scopeValue)} ${used.toFixed()}`),
      }
    }

    it('is listed in pages, each value once, while usage is counted', async () => {
      const { quotas, tenantId } = quotasOver(store(), SLIDING, OF_CUSTOMER, DAILY)
      const customers = ['b', 'a', 'é"\\', '😀', ...Array.from({ length: 6 }, (_, i) => `${'long '.repeat(39)}${i}`)]
      for (const customer of [...customers, undefined]) await use(quotas, tenantId, '1', customer)
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await quotas.usage({ tenantId, first: 4, after })
        seen.push(...page.items.map(({ policy, scopeValue }) => `${policy.limitKey} ${JSON.stringify(scopeValue)}`))
        expect(page.items.length).toBeLessThanOrEqual(4)
        after = page.next ?? undefined
        await use(quotas, tenantId, '5', customers[seen.length % customers.length])
      } while (after !== undefined)
      expect(seen).toHaveLength(2 * (customers.length + 1) + 1)
      expect(new Set(seen).size).toBe(seen.length)
    })

    it('is listed for one limit, or from a percentage on', async () => {
      const { quotas, tenantId } = quotasOver(store(), SLIDING, OF_CUSTOMER, DAILY)
      for (const [customer, amount] of Object.entries({ a: '3', b: '8', c: '7.999', d: '15' })) await use(quotas, tenantId, amount, customer)
      expect((await shown(quotas, { tenantId, limitKey: DAILY })).shown).toEqual(['day  33.999'])
      expect((await shown(quotas, { tenantId, limitKey: OF_CUSTOMER, atLeastPercent: '80' })).shown).toEqual(['day b 8', 'day d 15'])
      expect((await shown(quotas, { tenantId, atLeastPercent: '75' })).shown).toEqual(['day b 8', 'day c 7.999', 'day d 15', 'last hour d 15'])
      expect((await shown(quotas, { tenantId: newTenant() })).shown).toEqual([])
    })

    it('includes only what counts now in a sliding window, and what is held', async () => {
      const { quotas, tenantId, clock } = quotasOver(store(), SLIDING)
      await use(quotas, tenantId, '5', 'a')
      await use(quotas, tenantId, '5', 'b')
      clock.advance({ minutes: 30 })
      await use(quotas, tenantId, '2', 'b')
      await quotas.reserve({ tenantId, requests: [{ metric: 'tokens', amount: '1' }], dimensions: { customer: 'c' } })
      clock.advance({ seconds: 59 })
      expect((await shown(quotas, { tenantId })).shown).toEqual(['last hour a 5', 'last hour b 7', 'last hour c 0'])
      clock.advance({ minutes: 31 })
      const { items } = await quotas.usage({ tenantId })
      expect(items.map(({ scopeValue, used, resetsAt }) => [scopeValue[0], used.toFixed(), resetsAt.toString()])).toEqual([['b', '2', '2026-11-20T13:31:00Z']])
    })

    it('in the status says whether any quota is exceeded, even if the page does not show it', async () => {
      const { quotas, tenantId } = quotasOver(store(), OF_CUSTOMER)
      for (const [customer, amount] of Object.entries({ a: '1', b: '2', z: '11' })) await use(quotas, tenantId, amount, customer)
      expect(await quotas.status({ tenantId, first: 1 })).toMatchObject({ anyExceeded: true, quotas: [{ scopeValue: ['z'], exceeded: true }] })
    })
  })

  describe('quotas near their limits', () => {
    const near = async (quotas: Quotas, tenants: readonly string[], input?: Parameters<Quotas['nearLimits']>[1]) => {
      const { items } = await quotas.nearLimits(tenantScope(...tenants), input)
      return items.map(one => `${tenants.indexOf(one.tenantId)} ${one.scopeValue[0] ?? 'all'} ${one.percentage?.toFixed()} %`)
    }

    it('are listed for all tenants in the scope, the fullest first, whatever thresholds alert', async () => {
      const { quotas } = quotasOver(store(), { ...OF_CUSTOMER, alertAt: ['100'] }, { ...DAILY, alertAt: [] })
      const tenants = [newTenant(), newTenant()]
      const [one = '', two = ''] = tenants
      await use(quotas, one, '7.9', 'a')
      await use(quotas, one, '8', 'b')
      await use(quotas, two, '12', 'a')
      await use(quotas, two, '9', 'b')
      await use(quotas, two, '60')
      expect(await near(quotas, tenants)).toEqual(['1 all 600 %', '1 a 120 %', '1 b 90 %', '1 all 81 %', '0 b 80 %'])
      expect(await near(quotas, tenants, { exceeded: true })).toEqual(['1 all 600 %', '1 a 120 %'])
      expect(await near(quotas, [one], { atLeastPercent: '50' })).toEqual(['0 b 80 %', '0 a 79 %'])
      const ofAll = (await quotas.nearLimits(OPERATOR_SCOPE, { first: 1_000, exceeded: true })).items.map(({ tenantId }) => tenantId)
      expect(ofAll).toContain(two)
    })

    it('are listed in pages, each once', async () => {
      const { quotas, tenantId } = quotasOver(store(), OF_CUSTOMER)
      const customers = Array.from({ length: 9 }, (_, i) => `c${i}`)
      for (const [i, customer] of customers.entries()) await use(quotas, tenantId, i < 6 ? '9' : '10', customer)
      const seen: (string | null | undefined)[] = []
      let after: string | undefined
      do {
        const page = await quotas.nearLimits(tenantScope(tenantId), { first: 2, after })
        seen.push(...page.items.map(({ scopeValue }) => scopeValue[0]))
        after = page.next ?? undefined
      } while (after !== undefined)
      expect(new Set(seen)).toEqual(new Set(customers))
      expect(seen).toHaveLength(customers.length)
      expect(new Set(seen.slice(0, 3))).toEqual(new Set(['c6', 'c7', 'c8']))
    })

    it('are listed by the current limit, in the current window', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), DAILY)
      const elsewhere = createQuotas({ store: store(), policies: [DAILY], clock })
      await use(quotas, tenantId, '90')
      expect(await near(quotas, [tenantId])).toEqual(['0 all 90 %'])
      await elsewhere.setQuota({ tenantId, ...DAILY, limit: '1000' })
      expect(await near(quotas, [tenantId])).toEqual([])
      await elsewhere.setQuota({ tenantId, ...DAILY, limit: '95' })
      expect(await near(quotas, [tenantId])).toEqual(['0 all 94.73 %'])
      await elsewhere.setQuota({ tenantId, ...DAILY, limit: null })
      expect(await near(quotas, [tenantId])).toEqual([])
      await elsewhere.clearQuota({ tenantId, ...DAILY })
      clock.set('2026-11-21T00:00:00Z')
      expect(await near(quotas, [tenantId])).toEqual([])
    })

    it('are found at once after a limit was lowered', async () => {
      const { quotas, tenantId } = quotasOver(store(), DAILY)
      await use(quotas, tenantId, '30')
      await quotas.setQuota({ tenantId, ...DAILY, limit: '10' })
      expect(await near(quotas, [tenantId])).toEqual(['0 all 300 %'])
    })

    it('leave the list when sliding usage expires', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), SLIDING)
      await use(quotas, tenantId, '10', 'a')
      clock.advance({ minutes: 20 })
      await use(quotas, tenantId, '9', 'a')
      expect(await near(quotas, [tenantId])).toEqual(['0 a 95 %'])
      clock.advance({ minutes: 41 })
      expect(await near(quotas, [tenantId])).toEqual([])
      expect(await near(quotas, [tenantId], { atLeastPercent: '50' })).toEqual([])
    })

    it('include a limit of 0 after the first use', async () => {
      const { quotas, tenantId } = quotasOver(store(), { ...DAILY, limit: '0' })
      await use(quotas, tenantId, '1')
      const { items, next } = await quotas.nearLimits(tenantScope(tenantId), { first: 1 })
      expect(items).toMatchObject([{ tenantId, percentage: null, exceeded: true }])
      expect(await quotas.nearLimits(tenantScope(tenantId), { first: 1, after: next ?? undefined })).toEqual({ items: [], hasMore: false, next: null })
    })
  })

  describe('the history', () => {
    it('lists past windows, the latest first, with the limit of each', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), DAILY)
      await use(quotas, tenantId, '40')
      clock.set('2026-11-22T12:00:00Z')
      await quotas.setQuota({ tenantId, ...DAILY, limit: '50' })
      await use(quotas, tenantId, '60')
      clock.set('2026-11-23T12:00:00Z')
      await quotas.setQuota({ tenantId, ...DAILY, limit: null })
      await use(quotas, tenantId, '70')
      clock.set('2026-11-24T12:00:00Z')
      await use(quotas, tenantId, '1')
      const { items: windows, next } = await quotas.history({ tenantId, ...DAILY })
      expect(
        windows.map(one => [one.from.toString(), one.to.toString(), one.used.toFixed(), one.limit?.toFixed(), one.percentage?.toFixed(), one.exceeded]),
      ).toEqual([
        ['2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', '70', undefined, undefined, false],
        ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z', '60', '50', '120', true],
        ['2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z', '40', '100', '40', false],
      ])
      expect(next).toBeNull()
    })

    it('lists all values of a scope in pages, or one value', async () => {
      const { quotas, clock, tenantId } = quotasOver(store(), OF_CUSTOMER)
      for (let day = 20; day < 23; day++) {
        clock.set(`2026-11-${day}T12:00:00Z`)
        for (const customer of ['a', 'b', undefined]) await use(quotas, tenantId, String(day), customer)
      }
      clock.set('2026-11-23T00:00:00Z')
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await quotas.history({ tenantId, ...OF_CUSTOMER, first: 2, after })
        seen.push(...page.items.map(one => `${one.used.toFixed()} ${String(one.scopeValue[0])}`))
        after = page.next ?? undefined
      } while (after !== undefined)
      expect(seen.map(one => one.split(' ')[0])).toEqual(['22', '22', '22', '21', '21', '21', '20', '20', '20'])
      expect(new Set(seen).size).toBe(9)
      const ofOne = await quotas.history({ tenantId, ...OF_CUSTOMER, scopeValue: ['b'], first: 2 })
      expect(ofOne.items.map(({ used }) => used.toFixed())).toEqual(['22', '21'])
      const rest = await quotas.history({ tenantId, ...OF_CUSTOMER, scopeValue: ['b'], after: ofOne.next ?? undefined })
      expect(rest.items.map(({ used }) => used.toFixed())).toEqual(['20'])
      expect((await quotas.history({ tenantId: newTenant(), ...OF_CUSTOMER })).items).toEqual([])
    })
  })

  describe('lists reject invalid input', () => {
    const quotas = () => createQuotas({ store: store(), policies: [DAILY], clock: settableClock('2026-11-20T12:00:00Z') })
    it.each([
      ['an invalid cursor', 'after', () => quotas().usage({ tenantId: 't', after: "' or true" })],
      ['a cursor of another list', 'after', () => quotas().history({ tenantId: 't', ...DAILY, after: btoa('["x","y"]') })],
      ['an empty page', 'first', () => quotas().usage({ tenantId: 't', first: 0 })],
      ['a page that is too long', 'first', () => quotas().nearLimits(OPERATOR_SCOPE, { first: 1_001 })],
      ['a percentage that is too low', 'atLeastPercent', () => quotas().nearLimits(OPERATOR_SCOPE, { atLeastPercent: '49' })],
      ['the history of a sliding window', 'sliding', () => quotas().history({ tenantId: 't', ...DAILY, sliding: true })],
      ['a scope value without a scope', 'scopeValue', () => quotas().history({ tenantId: 't', ...DAILY, scopeValue: ['a'] })],
      ['an empty tenant id', 'tenantId', () => quotas().history({ ...DAILY, tenantId: '' })],
    ])('rejects %s at %s', async (_, path, call) => {
      const error: unknown = await call().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(InvalidInput)
      expect((error as InvalidInput).issues.map(issue => issue.path)).toEqual([path])
    })

    it.each(['["9999999999","nonsense"]', '["nonsense","nonsense"]'])('accepts a well-formed cursor with other content: %s', async parts => {
      const after = btoa(parts).replaceAll('=', '')
      expect(await quotas().nearLimits(tenantScope(newTenant()), { after })).toEqual({ items: [], hasMore: false, next: null })
      expect((await quotas().usage({ tenantId: newTenant(), after })).next).toBeNull()
    })
  })
}
