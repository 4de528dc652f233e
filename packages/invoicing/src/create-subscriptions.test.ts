import { countingIds, type DomainError, settableClock, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createPlans } from './create-plans.ts'
import { createSubscriptions } from './create-subscriptions.ts'
import { memoryPlanStore, memorySubscriptionStore } from './memory/index.ts'
import type { PlanEffects, PlanInEffect } from './plan-effects.ts'

const at = (text: string) => Temporal.Instant.from(text)

/** A service over memory stores, with a list of the effects of changes: "acme: null → pro active". */
function setUp() {
  const clock = settableClock('2026-11-01T00:00:00Z')
  const log: string[] = []
  let failure: Error | undefined
  const describePlan = (one: PlanInEffect | null) => (one === null ? 'nothing' : `${one.plan.key} ${one.state}`)
  const effects: PlanEffects = {
    async planPublished({ key }) {
      if (failure !== undefined) throw failure
      log.push(`published ${key}`)
    },
    async planChanged({ subscription, before, after }) {
      if (failure !== undefined) throw failure
      log.push(`${subscription.tenantId}: ${describePlan(before)} → ${describePlan(after)}`)
    },
  }
  const store = memoryPlanStore()
  const plans = createPlans({ store, effects, clock })
  const subscriptions = createSubscriptions({
    store: memorySubscriptionStore(),
    plans: store,
    tenants: {
      find: async id => (id === 'unknown' ? undefined : { id, tier: 'starter', currency: 'EUR', timeZone: 'Europe/Berlin', billingAnchorDay: 1 }),
    },
    effects,
    clock,
    ids: countingIds(),
  })
  return {
    clock,
    log,
    plans,
    subscriptions,
    fail: (error: Error | undefined) => {
      failure = error
    },
  }
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (error as DomainError).code,
  )
}

describe('a subscription', () => {
  it('starts with the currency, zone and anchor of its tenant, and gives it the plan', async () => {
    const { subscriptions, log } = setUp()
    const made = await subscriptions.subscribe({ tenantId: 'acme', plan: 'pro', seats: 7 })
    expect(made).toMatchObject({ status: 'active', currency: 'EUR', timeZone: 'Europe/Berlin', anchorDay: 1, previousTier: 'starter', revision: 1 })
    expect(log).toEqual(['acme: nothing → pro active'])
    expect(await subscriptions.find('acme')).toEqual(made)
  })

  it('gives a trial the plan, and takes it back when the trial ends, whenever the job runs', async () => {
    const { subscriptions, log, clock } = setUp()
    await subscriptions.startTrial({ tenantId: 'acme', plan: 'pro' })
    expect(await subscriptions.advance({ first: 10 })).toBe(0)
    clock.set('2026-11-20T12:34:00Z')
    expect((await subscriptions.find('acme'))?.status).toBe('expired')
    expect(await subscriptions.advance({ first: 10 })).toBe(1)
    expect(await subscriptions.advance({ first: 10 })).toBe(0)
    expect(log).toEqual(['acme: nothing → pro trial', 'acme: pro trial → nothing'])
    // 14 days of the calendar in Berlin.
    expect((await subscriptions.find('acme'))?.endedAt?.toString()).toBe('2026-11-15T00:00:00Z')
  })

  it('gives effect once to what becomes due together', async () => {
    const { subscriptions, log, clock } = setUp()
    await subscriptions.startTrial({ tenantId: 'acme', plan: 'pro', converts: true })
    await subscriptions.convertTrial({ tenantId: 'acme', plan: 'business', at: 'trial_end' })
    clock.set('2026-11-20T00:00:00Z')
    await subscriptions.cancel({ tenantId: 'acme', at: 'period_end' })
    clock.set('2026-12-24T00:00:00Z')
    await subscriptions.advance({ first: 10 })
    expect(log).toEqual(['acme: nothing → pro trial', 'acme: pro trial → business active', 'acme: business active → nothing'])
  })

  it('that starts in the future has no effect until then', async () => {
    const { subscriptions, log, clock } = setUp()
    const made = await subscriptions.subscribe({ tenantId: 'acme', plan: 'pro', from: at('2026-12-01T00:00:00Z') })
    expect([made.status, log]).toEqual(['scheduled', []])
    clock.set('2026-12-01T00:00:00Z')
    await subscriptions.advance({ first: 10 })
    expect(log).toEqual(['acme: nothing → pro active'])
  })

  it('does not change if its effects fail', async () => {
    const { subscriptions, fail } = setUp()
    fail(new Error('no quotas'))
    await expect(subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })).rejects.toThrow('no quotas')
    expect(await subscriptions.find('acme')).toBeUndefined()
    fail(undefined)
    const made = await subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })
    fail(new Error('no quotas'))
    await expect(subscriptions.changePlan({ tenantId: 'acme', plan: 'business' })).rejects.toThrow('no quotas')
    expect(await subscriptions.find('acme')).toEqual(made)
  })

  it('does not keep others from what is due if the effects of one fail', async () => {
    const { subscriptions, log, clock, fail } = setUp()
    await subscriptions.startTrial({ tenantId: 'acme', plan: 'pro' })
    clock.set('2026-12-01T00:00:00Z')
    fail(new Error('no quotas'))
    const failed: string[] = []
    expect(await subscriptions.advance({ first: 10, onFailure: (_error, tenantId) => failed.push(tenantId) })).toBe(0)
    expect(failed).toEqual(['acme'])
    fail(undefined)
    expect(await subscriptions.advance({ first: 10 })).toBe(1)
    expect(log.at(-1)).toBe('acme: pro trial → nothing')
  })

  it('can be made again after it has ended, also before the job has run', async () => {
    const { subscriptions, log, clock } = setUp()
    await subscriptions.startTrial({ tenantId: 'acme', plan: 'pro' })
    clock.set('2026-11-15T00:00:00Z')
    await subscriptions.subscribe({ tenantId: 'acme', plan: 'business' })
    expect(log).toEqual(['acme: nothing → pro trial', 'acme: pro trial → nothing', 'acme: nothing → business active'])
    expect(await subscriptions.history('acme')).toHaveLength(2)
  })

  it.each<[string, string, (service: ReturnType<typeof setUp>) => Promise<unknown>]>([
    ['a second one at the same time', 'OVERLAPPING_SUBSCRIPTION', ({ subscriptions }) => subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })],
    [
      'one that starts before the last one ended',
      'OVERLAPPING_SUBSCRIPTION',
      async ({ subscriptions, clock }) => {
        clock.set('2026-11-10T00:00:00Z')
        await subscriptions.cancel({ tenantId: 'acme' })
        return subscriptions.subscribe({ tenantId: 'acme', plan: 'pro', from: at('2026-11-09T00:00:00Z') })
      },
    ],
    ['an unknown plan', 'NOT_FOUND', ({ subscriptions }) => subscriptions.changePlan({ tenantId: 'acme', plan: 'gold' })],
    ['an unknown version', 'NOT_FOUND', ({ subscriptions }) => subscriptions.changePlan({ tenantId: 'acme', plan: 'pro@2' })],
    ['an unknown tenant', 'NOT_FOUND', ({ subscriptions }) => subscriptions.subscribe({ tenantId: 'unknown', plan: 'pro' })],
    ['a change without a subscription', 'NOT_FOUND', ({ subscriptions }) => subscriptions.pause({ tenantId: 'globex' })],
    ['a trial of a plan that cannot be tried', 'INVALID_INPUT', ({ subscriptions }) => subscriptions.startTrial({ tenantId: 'globex', plan: 'free' })],
    [
      'a start more than a year ago',
      'INVALID_INPUT',
      ({ subscriptions }) => subscriptions.subscribe({ tenantId: 'globex', plan: 'pro', from: at('2025-10-30T00:00:00Z') }),
    ],
    ['a change of an older revision', 'SUBSCRIPTION_CHANGED', ({ subscriptions }) => subscriptions.pause({ tenantId: 'acme', revision: 2 })],
  ])('rejects %s', async (_title, code, call) => {
    const service = setUp()
    await service.subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })
    expect(await codeOf(call(service))).toBe(code)
  })

  it('stays on its version when a new one is published', async () => {
    const { subscriptions, plans, log } = setUp()
    await subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })
    await plans.publish({ name: 'pro', title: 'Pro', recurringFee: '120' })
    expect((await subscriptions.find('acme'))?.phases[0]?.plan.key).toBe('pro')
    await subscriptions.subscribe({ tenantId: 'globex', plan: 'pro' })
    expect(log).toEqual(['acme: nothing → pro active', 'published pro@2', 'globex: nothing → pro@2 active'])
    expect((await plans.list()).map(({ key }) => key)).toEqual(['free', 'pro@2', 'business', 'enterprise'])
  })
})

it('makes concurrent changes one after the other', async () => {
  const { subscriptions } = setUp()
  await subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })
  await Promise.all([subscriptions.changeSeats({ tenantId: 'acme', seats: 8 }), subscriptions.cancel({ tenantId: 'acme', at: 'period_end' })])
  const found = await subscriptions.find('acme')
  expect([found?.revision, found?.phases.at(-1)?.seats, found?.cancelsAt?.toString()]).toEqual([3, 8, '2026-11-30T23:00:00Z'])
})

it('knows the tiers that a tenant had over time', async () => {
  const { subscriptions, clock } = setUp()
  await subscriptions.subscribe({ tenantId: 'acme', plan: 'pro' })
  clock.set('2026-11-05T00:00:00Z')
  await subscriptions.changePlan({ tenantId: 'acme', plan: 'business' })
  clock.set('2026-11-10T00:00:00Z')
  await subscriptions.pause({ tenantId: 'acme', resumesAt: at('2026-11-12T00:00:00Z') })
  clock.set('2026-11-20T00:00:00Z')
  await subscriptions.cancel({ tenantId: 'acme' })
  const { before, changes } = await subscriptions.tiersOf('acme', 'free')
  expect(before).toBe('starter')
  expect(changes.map(({ from, tier }) => `${from.toString().slice(8, 10)} ${tier}`)).toEqual(['01 pro', '05 business', '10 paused', '12 business', '20 free'])
  expect(await subscriptions.tiersOf('globex', 'starter')).toEqual({ before: 'starter', changes: [] })
})

it('sums up the recurring revenue of all tenants', async () => {
  const { subscriptions, clock } = setUp()
  for (const tenantId of ['acme', 'globex']) await subscriptions.subscribe({ tenantId, plan: 'pro', seats: 6 })
  clock.set('2026-11-10T00:00:00Z')
  await subscriptions.cancel({ tenantId: 'globex' })
  const now = await subscriptions.recurringRevenue({ since: at('2026-11-09T00:00:00Z') })
  const before = await subscriptions.recurringRevenue({ at: at('2026-11-09T00:00:00Z') })
  expect([now.mrr, now.movements.churn, now.movements.new, before.mrr, before.arr].map(String)).toEqual(['114', '-114', '0', '228', '2736'])
})
