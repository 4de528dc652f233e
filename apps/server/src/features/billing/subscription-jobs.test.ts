import { createSubscriptions, type PlanEffects } from '@tollgate/invoicing'
import { memoryPlanStore, memorySubscriptionStore } from '@tollgate/invoicing/memory'
import { countingIds, settableClock } from '@tollgate/kernel'
import { expect, it, vi } from 'vitest'
import { subscriptionChanges } from './subscription-jobs.ts'

it('150 subscriptions whose changes fail do not keep another from its change, and are each tried once in a run', async () => {
  const clock = settableClock('2026-11-01T00:00:00Z')
  let isFailing = false
  const effects: PlanEffects = {
    planPublished: async () => {},
    async planChanged({ subscription: { tenantId } }) {
      if (isFailing && tenantId !== 'good') throw new Error('no quotas')
    },
  }
  const subscriptions = createSubscriptions({
    store: memorySubscriptionStore(),
    plans: memoryPlanStore(),
    tenants: { find: async id => ({ id, tier: 'free', currency: 'USD', timeZone: 'UTC', billingAnchorDay: 1 }) },
    effects,
    clock,
    ids: countingIds(),
  })
  for (let i = 0; i < 150; i += 1) await subscriptions.startTrial({ tenantId: `bad-${i}`, plan: 'pro' })
  clock.advance({ hours: 1 })
  await subscriptions.startTrial({ tenantId: 'good', plan: 'pro' })
  clock.advance({ hours: 24 * 60 })
  isFailing = true
  const log = { error: vi.fn() }
  await subscriptionChanges(subscriptions, log).run(null, new AbortController().signal)
  expect((await subscriptions.find('good'))?.status).toBe('expired')
  expect(log.error).toHaveBeenCalledTimes(150)
})
