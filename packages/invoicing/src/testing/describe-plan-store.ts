import { describe, expect, it } from 'vitest'
import { standardBillingPlans } from '../engine/plans/standard-billing-plans.ts'
import type { PlanStore } from '../plan-store.ts'
import { billingPlanOf } from './builders/billing-plan.ts'

/** The contract of `PlanStore`: what every adapter must do. `make` returns a store with the standard plans. */
export function describePlanStore(name: string, make: () => Promise<PlanStore>): void {
  describe(`${name} plan store`, () => {
    const {
      version: _version,
      key: _key,
      ...starter
    } = billingPlanOf({ name: 'starter', rank: 5, usageCharges: [{ name: 'tokens', terms: { kind: 'markup', percent: '12.5' } }] })
    const nothing = async () => {}

    it('starts with the standard plans', async () => {
      expect(await (await make()).all()).toEqual(standardBillingPlans())
    })

    it('numbers the versions of a plan without gaps, also when several are added at the same time or one fails', async () => {
      const store = await make()
      await expect(store.add(starter, () => Promise.reject(new Error('no quotas')))).rejects.toThrow('no quotas')
      const added = await Promise.all(Array.from({ length: 4 }, () => store.add(starter, nothing)))
      expect(added.map(({ version, key }) => `${version} ${key}`).toSorted()).toEqual(['1 starter', '2 starter@2', '3 starter@3', '4 starter@4'])
      const stored = (await store.all()).filter(plan => plan.name === 'starter')
      expect(stored).toEqual(added.toSorted((a, b) => a.version - b.version))
    })

    it('adds a version to a standard plan', async () => {
      expect((await (await make()).add({ ...starter, name: 'pro' }, nothing)).key).toBe('pro@2')
    })
  })
}
