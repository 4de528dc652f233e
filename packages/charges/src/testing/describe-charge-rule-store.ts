import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ChargeRuleStore } from '../charge-rule-store.ts'
import { makeChargeRule } from './charge-rule.ts'

/** Tests that a store meets the contract of `ChargeRuleStore`. `make` returns an empty store for each test. */
export function describeChargeRuleStore(name: string, make: () => Promise<ChargeRuleStore>): void {
  describe(`${name} as a charge rule store`, () => {
    let store: ChargeRuleStore
    beforeEach(async () => {
      store = await make()
    })
    const add = (traits: Parameters<typeof makeChargeRule>[0] = {}) => store.add(OPERATOR_SCOPE, makeChargeRule(traits))

    it('returns a version exactly as it was added', async () => {
      const rule = makeChargeRule({
        kind: 'discount',
        name: 'Launch "ü" 1',
        tenantId: 'acme',
        plan: 'pro',
        from: '2026-01-01T00:00:00.000001Z',
        to: '2026-07-01T00:00:00Z',
        publishedAt: '2026-01-02T03:04:05.678901Z',
        terms: {
          kind: 'discount',
          discount: {
            effect: {
              kind: 'tiered',
              measure: 'quantity',
              tiers: [
                { from: 0, percent: '0.00000001' },
                { from: '1000000', percent: 10 },
              ],
            },
            conditions: [{ kind: 'coupon', code: 'Früh', maximumRedemptions: 3 }],
            stacking: { kind: 'best-of', group: 'g' },
          },
        },
      })
      expect(await store.add(OPERATOR_SCOPE, rule)).toEqual({ ...rule, version: 1 })
      expect(plain(await store.all())).toEqual(plain([{ ...rule, version: 1 }]))
    })
    it('keeps a withdrawal as a version without terms', async () => {
      await add()
      const withdrawal = makeChargeRule({ terms: null })
      expect(await store.add(OPERATOR_SCOPE, withdrawal)).toEqual({ ...withdrawal, version: 2 })
      expect((await store.all()).map(({ terms }) => terms)).toEqual([{ kind: 'markup', percent: '20' }, null])
    })
    it('counts versions by kind and name, not by tenant', async () => {
      const names = [
        await add(),
        await add({ tenantId: 'acme' }),
        await add({ name: 'Standard' }),
        await add({ kind: 'price-model', terms: { kind: 'price-model', priceModel: { kind: 'flat-fee', fee: 1 } } }),
        await add(),
      ]
      expect(names.map(({ kind, name: of, version }) => `${kind} ${of} ${version}`)).toEqual([
        'markup standard 1',
        'markup standard 2',
        'markup Standard 1',
        'price-model standard 1',
        'markup standard 3',
      ])
    })
    it('returns versions in the order of publication', async () => {
      for (const rule of ['b', 'a', 'd', 'c']) await add({ name: rule })
      expect((await store.all()).map(rule => rule.name)).toEqual(['b', 'a', 'd', 'c'])
    })
    it('increases its version with every publication, and not when it is read', async () => {
      const before = BigInt(await store.version())
      await add()
      await add({ terms: null })
      expect(BigInt(await store.version()) - before).toBe(2n)
      await store.all()
      expect(BigInt(await store.version()) - before).toBe(2n)
    })
    it('numbers concurrent versions without gaps', async () => {
      const added = await Promise.all(Array.from({ length: 20 }, () => add()))
      expect(added.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
      expect((await store.all()).map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    })
    it('rejects a rule from a tenant, even one for itself', async () => {
      await expect(store.add(tenantScope('acme'), makeChargeRule({ tenantId: 'acme' }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await store.all()).toEqual([])
    })
  })
}

/** Instants as text, because equal instants can differ internally. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
