import { settableClock, ZERO } from '@tollgate/kernel'
import { expect } from 'vitest'
import { createQuotas } from '../../create-quotas.ts'
import type { PolicyDraft } from '../../model/policies/policy-draft.ts'
import type { PlanDraft } from '../../model/policies/plan.ts'
import type { QuotaStore } from '../../quota-store.ts'
import type { Quotas } from '../../quotas.ts'
import { atOnce, newTenant } from '../builders/quotas-over.ts'

/** Additional terms of a race's policies. */
type RaceTerms = Pick<PolicyDraft, 'lease'>

/** Callers of a race, spread evenly over the stores. Each store stands for a server process. */
const CALLERS = 64

function servers(stores: readonly QuotaStore[], policies: readonly PolicyDraft[], timeZone = 'UTC') {
  const clock = settableClock('2026-11-20T12:00:00Z')
  const plans: PlanDraft[] = [{ name: 'race', unlisted: 'deny', policies }]
  const made = stores.map(store => createQuotas({ store, plans, tenants: () => ({ plan: 'race', timeZone, billingAnchorDay: 1 }), clock }))
  const of = (caller: number): Quotas => {
    const quotas = made[caller % made.length]
    if (quotas === undefined) throw new Error('A race needs a store')
    return quotas
  }
  /** Returns leases, so that what was spent of them is counted. */
  const stop = () => Promise.all(made.map(quotas => quotas.stop()))
  return { clock, of, tenantId: newTenant(), stop }
}

async function used(quotas: Quotas, tenantId: string): Promise<(string | undefined)[]> {
  return (await quotas.status({ tenantId })).quotas.map(({ used: amount }) => amount.toFixed())
}

/** Each caller asks five times for 1, under a limit of 100. Half of them reserve and settle. */
export async function raceAtLimit(stores: readonly QuotaStore[], terms: RaceTerms = {}): Promise<void> {
  const { of, tenantId, stop } = servers(stores, [{ metric: 'requests', window: 'day', limit: '100', ...terms }])
  const requests = [{ metric: 'requests', amount: '1' }] as const
  const admitted = await atOnce(CALLERS, async caller => {
    const quotas = of(caller)
    let taken = 0
    for (let i = 0; i < 5; i++) {
      if (caller % 2 === 0) {
        if ((await quotas.enforce({ tenantId, requests, consume: true })).allowed) taken += 1
      } else {
        const { allowed, reservation } = await quotas.reserve({ tenantId, requests })
        if (allowed) await quotas.settle({ reservationId: reservation.id })
        taken += Number(allowed)
      }
    }
    return taken
  })
  expect(admitted.reduce((sum, taken) => sum + taken, 0)).toBe(100)
  await stop()
  expect(await used(of(0), tenantId)).toEqual(['100'])
}

/** Callers ask for overlapping sets of counters in different orders. The sums must agree, without deadlocks. */
export async function raceOverCounters(stores: readonly QuotaStore[], terms: RaceTerms = {}): Promise<void> {
  const { of, tenantId, stop } = servers(stores, [
    { metric: 'requests', window: 'day', limit: '50', ...terms },
    { metric: 'tokens', window: 'day', limit: '10000', ...terms },
    { metric: 'tokens', window: 'hour', scope: ['customer'], limit: '70', ...terms },
  ])
  const taken = await atOnce(CALLERS, async caller => {
    const own = [
      { metric: 'requests', amount: '1' },
      { metric: 'tokens', amount: '10' },
    ] as const
    const requests = caller % 2 === 0 ? own : [...own].reverse()
    return (await of(caller).enforce({ tenantId, requests, dimensions: { customer: `c${caller % 8}` }, consume: true })).allowed
  })
  const admitted = taken.filter(Boolean).length
  expect(admitted).toBe(50)
  await stop()
  const [requests, tokens, ...customers] = await used(of(0), tenantId)
  expect([requests, tokens]).toEqual(['50', '500'])
  expect(customers.reduce((sum, one) => sum + Number(one), 0)).toBe(500)
}

/** The window ends during the race. Each window admits exactly its limit. */
export async function raceAtWindowEnd(stores: readonly QuotaStore[], terms: RaceTerms = {}): Promise<void> {
  const { of, tenantId, clock, stop } = servers(stores, [{ metric: 'requests', window: 'hour', limit: '40', ...terms }])
  clock.set('2026-11-20T12:59:59.999Z')
  const admitted = { before: 0, after: 0 }
  await atOnce(CALLERS, async caller => {
    if (caller === CALLERS / 2) clock.set('2026-11-20T13:00:00Z')
    for (let i = 0; i < 3; i++) {
      const { allowed, results } = await of(caller).enforce({ tenantId, requests: [{ metric: 'requests', amount: '1' }], consume: true })
      if (allowed) admitted[results[0]?.resetsAt?.toString() === '2026-11-20T13:00:00Z' ? 'before' : 'after'] += 1
    }
  })
  await stop()
  // 32 callers ask once before the end; all other requests come after it.
  expect(admitted).toEqual({ before: 32, after: 40 })
}

/**
 * One process sends a key before a window ends, another one after it, at the same time. Their counters differ. Both are allowed, and the key
 * counts once, in one of the windows.
 */
export async function raceOfRepeats(stores: readonly QuotaStore[], terms: RaceTerms = {}): Promise<void> {
  const { of, tenantId, clock, stop } = servers(stores, [{ metric: 'requests', window: 'hour', limit: '16', ...terms }])
  const requests = [{ metric: 'requests', amount: '1' }] as const
  for (let i = 0; i < 16; i++) {
    const decisions = await atOnce(2, process => {
      clock.set(process === 0 ? '2026-11-20T12:59:59.999Z' : '2026-11-20T13:00:00Z')
      return of(process).enforce({ tenantId, requests, consume: true, idempotencyKey: `key ${i}` })
    })
    expect(decisions.map(({ allowed }) => allowed)).toEqual([true, true])
  }
  await stop()
  const { items } = await of(0).history({ tenantId, metric: 'requests', window: 'hour' })
  const [now] = await used(of(0), tenantId)
  expect(items.reduce((sum, window) => sum.plus(window.used), ZERO.plus(now ?? 0)).toFixed()).toBe('16')
}

/** The clocks go back: a day of 25 hours in New York has one limit, and so do the days before and after it. */
export async function raceAtClockChange(stores: readonly QuotaStore[]): Promise<void> {
  const { of, tenantId, clock } = servers(stores, [{ metric: 'requests', window: 'day', limit: '40' }], 'America/New_York')
  const admittedAt = async (time: string) => {
    clock.set(time)
    const answers = await atOnce(CALLERS, caller => of(caller).enforce({ tenantId, requests: [{ metric: 'requests', amount: '1' }], consume: true }))
    return answers.filter(({ allowed }) => allowed).length
  }
  const times = [
    '2026-11-01T03:59:59.999Z',
    '2026-11-01T04:00:00Z',
    '2026-11-01T05:30:00Z',
    '2026-11-01T06:30:00Z',
    '2026-11-02T04:59:59.999Z',
    '2026-11-02T05:00:00Z',
  ]
  const admitted = []
  for (const time of times) admitted.push(await admittedAt(time))
  expect(admitted).toEqual([40, 40, 0, 0, 0, 40])
}

/** The limit is raised during the race: exactly the new limit is admitted. Then it is lowered: nothing is admitted. */
export async function raceAtLimitChange(stores: readonly QuotaStore[], terms: RaceTerms = {}): Promise<void> {
  const limitKey = { metric: 'requests', window: 'day' } as const
  const { of, tenantId, stop } = servers(stores, [{ ...limitKey, limit: '100', ...terms }])
  const take = async (caller: number) =>
    Number((await of(caller).enforce({ tenantId, requests: [{ metric: 'requests', amount: '1' }], consume: true })).allowed)
  const takeThrice = async (caller: number) => (await take(caller)) + (await take(caller)) + (await take(caller))
  const [first] = await Promise.all([atOnce(CALLERS, takeThrice), of(1).setQuota({ tenantId, ...limitKey, limit: '150', ...terms })])
  const second = await atOnce(CALLERS, takeThrice)
  expect([...first, ...second].reduce((sum, taken) => sum + taken, 0)).toBe(150)
  await of(2).setQuota({ tenantId, ...limitKey, limit: '120', ...terms })
  expect((await atOnce(CALLERS, take)).filter(taken => taken > 0)).toEqual([])
  await stop()
}

/** A sliding minute admits exactly as much as has expired. */
export async function raceWhileSliding(stores: readonly QuotaStore[]): Promise<void> {
  const { of, tenantId, clock } = servers(stores, [{ metric: 'requests', window: 'minute', sliding: true, limit: '100' }])
  const admittedAt = async (time: string, callers = CALLERS) => {
    clock.set(`2026-11-20T${time}Z`)
    const taken = await atOnce(callers, async caller => {
      const quotas = of(caller)
      let admitted = 0
      for (let i = 0; i < 3; i++) {
        if (caller % 2 === 0) admitted += Number((await quotas.enforce({ tenantId, requests: [{ metric: 'requests', amount: '1' }], consume: true })).allowed)
        else {
          const { allowed, reservation } = await quotas.reserve({ tenantId, requests: [{ metric: 'requests', amount: '1' }] })
          if (allowed) await quotas.settle({ reservationId: reservation.id })
          admitted += Number(allowed)
        }
      }
      return admitted
    })
    return taken.reduce((sum, one) => sum + one, 0)
  }
  // 10 callers take 30, and later callers the rest.
  const admitted = [await admittedAt('12:00:00.700', 10), await admittedAt('12:00:30')]
  for (const time of ['12:01:00.999', '12:01:01', '12:01:30.999', '12:01:31', '12:02:02']) admitted.push(await admittedAt(time))
  expect(admitted).toEqual([30, 70, 0, 30, 0, 70, 30])
}

/** Leases that are spent before the limit of 5,000 is reached: each caller asks 200 times for 1. */
export async function raceWithLeases(stores: readonly QuotaStore[]): Promise<void> {
  const { of, tenantId, stop } = servers(stores, [{ metric: 'requests', window: 'day', limit: '5000', lease: true }])
  const admitted = await atOnce(CALLERS, async caller => {
    let taken = 0
    for (let i = 0; i < 200; i++)
      taken += Number((await of(caller).enforce({ tenantId, requests: [{ metric: 'requests', amount: '1' }], consume: true })).allowed)
    return taken
  })
  expect(admitted.reduce((sum, taken) => sum + taken, 0)).toBe(5_000)
  await stop()
  expect(await used(of(0), tenantId)).toEqual(['5000'])
}
