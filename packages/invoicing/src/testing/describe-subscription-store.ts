import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { changePlan } from '../engine/subscriptions/change-plan.ts'
import { cancel } from '../engine/subscriptions/cancel.ts'
import type { SubscriptionStore } from '../subscription-store.ts'
import { billingPlanOf } from './builders/billing-plan.ts'
import { subscriptionOf } from './builders/subscription.ts'

const at = (text: string) => Temporal.Instant.from(text)
const pro = billingPlanOf()
const business = billingPlanOf({ name: 'business', version: 2, recurringFee: new Decimal(310) })
const context = { now: at('2026-11-10T00:00:00Z'), plans: [pro, business] }
const nothing = async () => {}

/** Returns the id of the n-th subscription. */
function idOf(position: number): string {
  return `01900000-0000-7000-8000-${String(position).padStart(12, '0')}`
}

/** The contract of `SubscriptionStore`: what every adapter must do. `make` returns an empty store. */
export function describeSubscriptionStore(name: string, make: () => Promise<SubscriptionStore>): void {
  describe(`${name} subscription store`, () => {
    const acme = subscriptionOf([{ from: '2026-11-01T00:00:00Z', plan: pro, seats: 3 }], { previousTier: 'free', timeZone: 'Europe/Berlin' })

    it('returns what was stored', async () => {
      const store = await make()
      const ending = cancel(changePlan(acme, { plan: business, seats: 1, at: 'now' }, context), 'period_end', context)
      expect(await store.add(acme, nothing)).toBe(true)
      expect(await store.update({ ...ending, revision: 2 }, nothing)).toBe(true)
      expect(await store.ofTenant('acme')).toEqual([{ ...ending, revision: 2 }])
      expect(await store.ofTenant('globex')).toEqual([])
    })

    it('keeps at most one subscription of a tenant that has not ended', async () => {
      const store = await make()
      const ended = cancel(acme, 'now', context)
      const next = { ...acme, id: idOf(2) }
      expect(await store.add(acme, nothing)).toBe(true)
      expect(await store.add(next, nothing)).toBe(false)
      expect(await store.update(ended, nothing)).toBe(true)
      expect(await store.add(next, nothing)).toBe(true)
      expect((await store.ofTenant('acme')).map(({ id, status }) => [id, status])).toEqual([
        [acme.id, 'cancelled'],
        [next.id, 'active'],
      ])
    })

    it('makes exactly one of 8 subscriptions that are added at the same time', async () => {
      const store = await make()
      const added = await Promise.all(Array.from({ length: 8 }, (_, position) => store.add({ ...acme, id: idOf(position + 1) }, nothing)))
      expect(added.filter(Boolean)).toHaveLength(1)
      expect(await store.ofTenant('acme')).toHaveLength(1)
    })

    it('makes exactly one of 8 changes of the same revision', async () => {
      const store = await make()
      await store.add(acme, nothing)
      const changed = changePlan(acme, { plan: business, at: 'now' }, context)
      const updated = await Promise.all(Array.from({ length: 8 }, () => store.update(changed, nothing)))
      expect(updated.filter(Boolean)).toHaveLength(1)
      expect((await store.ofTenant('acme'))[0]?.revision).toBe(2)
    })

    it('changes nothing if what goes alongside fails', async () => {
      const store = await make()
      const fail = () => Promise.reject(new Error('no quotas'))
      await expect(store.add(acme, fail)).rejects.toThrow('no quotas')
      expect(await store.ofTenant('acme')).toEqual([])
      await store.add(acme, nothing)
      await expect(store.update(changePlan(acme, { plan: business, at: 'now' }, context), fail)).rejects.toThrow('no quotas')
      expect(await store.ofTenant('acme')).toEqual([acme])
    })

    it('finds what is due, the earliest first, until it has taken effect', async () => {
      const store = await make()
      const scheduled = changePlan(acme, { plan: business, at: 'period_end' }, context)
      await store.add(scheduled, nothing)
      await store.add({ ...cancel(acme, at('2026-11-20T00:00:00Z'), context), tenantId: 'globex' }, nothing)
      await store.add({ ...acme, tenantId: 'initech' }, nothing)
      expect(await store.due(at('2026-11-19T00:00:00Z'), 10)).toEqual([])
      expect(await store.due(at('2026-12-01T00:00:00Z'), 10)).toEqual(['globex', 'acme'])
      expect(await store.due(at('2026-12-01T00:00:00Z'), 1)).toEqual(['globex'])
      await store.update({ ...scheduled, advancedTo: at('2026-12-01T00:00:00Z'), revision: scheduled.revision + 1 }, nothing)
      expect(await store.due(at('2026-12-01T00:00:00Z'), 10)).toEqual(['globex'])
    })

    it('lists the subscriptions of all tenants in pages, those of a tenant together', async () => {
      const store = await make()
      await store.add(cancel(acme, 'now', context), nothing)
      await store.add({ ...acme, id: idOf(2) }, nothing)
      for (const tenantId of ['initech', 'globex']) await store.add({ ...acme, tenantId }, nothing)
      const idsOf = async (after: string | null) =>
        (await store.page({ first: 2, after })).map(own => own.map(({ tenantId, id }) => `${tenantId} ${Number(id.slice(-12))}`))
      expect(await idsOf(null)).toEqual([['acme 1', 'acme 2'], ['globex 1']])
      expect(await idsOf('globex')).toEqual([['initech 1']])
    })
  })
}
