import { Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { BillingRunStore, NewBillingRun } from '../billing/billing-run-store.ts'

const at = (hour: number) => Temporal.Instant.from(`2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`)
const idOf = (position: number) => `01a1f600-0000-7000-8000-${String(position).padStart(12, '0')}`
const through = at(0)
const CLAIMS = [idOf(101), idOf(102)] as const

/** The contract of `BillingRunStore`. `make` returns an empty store. */
export function describeBillingRunStore(name: string, make: () => Promise<BillingRunStore>): void {
  describe(`${name} billing run store`, () => {
    let store: BillingRunStore
    beforeEach(async () => {
      store = await make()
    })
    const run = (position: number, changes: Partial<NewBillingRun> = {}) => ({
      id: idOf(position),
      through,
      finalize: true,
      tenantIds: null,
      createdAt: at(1),
      ...changes,
    })
    const step = { tenants: 2, invoices: 3, drafts: 0, failures: 1, lastTenantId: 'b', failed: [{ tenantId: 'a', code: 'SOME_CODE', message: 'A reason.' }] }

    it('shares a run that bills the same until it is completed', async () => {
      const first = await store.add(run(1), { share: true })
      expect(await store.add(run(2), { share: true })).toEqual(first)
      for (const [i, other] of [{ finalize: false }, { tenantIds: ['a', 'b'] }, { through: at(2) }].entries())
        expect((await store.add(run(3 + i, other), { share: true })).id).toBe(idOf(3 + i))
      expect((await store.add(run(6), { share: false })).id).toBe(idOf(6))
      const claim = { id: idOf(1), claim: CLAIMS[0] }
      await store.claim(claim, { total: 1, at: at(2) })
      await store.end(claim, 'completed', at(3))
      expect(await store.find(idOf(1))).toMatchObject({ state: 'completed', finishedAt: at(3) })
      expect((await store.add(run(7), { share: true })).id).toBe(idOf(6))
    })

    it('adds up what is done, and says how far it has come', async () => {
      await store.add(run(1), { share: true })
      const claim = { id: idOf(1), claim: CLAIMS[0] }
      expect(await store.claim(claim, { total: 4, at: at(2) })).toMatchObject({ state: 'running', total: 4, startedAt: at(2), lastTenantId: null })
      expect(await store.advance(claim, step, at(3))).toBe(true)
      expect(await store.advance(claim, { ...step, lastTenantId: 'd', failed: [{ tenantId: 'c', code: 'OTHER', message: 'Another.' }] }, at(4))).toBe(true)
      expect(await store.find(idOf(1))).toMatchObject({ tenants: 4, invoices: 6, failures: 2, lastTenantId: 'd', updatedAt: at(4), finishedAt: null })
      expect((await store.failures(idOf(1), { first: 1 })).items).toEqual(step.failed)
      expect((await store.failures(idOf(1), { first: 5, after: 'a' })).items.map(({ tenantId }) => tenantId)).toEqual(['c'])
    })

    it('lets a second process take over a run, and stops the first one', async () => {
      await store.add(run(1), { share: true })
      const [first, second] = [
        { id: idOf(1), claim: CLAIMS[0] },
        { id: idOf(1), claim: CLAIMS[1] },
      ]
      await store.claim(first, { total: 4, at: at(2) })
      await store.advance(first, step, at(3))
      expect(await store.claim(second, { total: 4, at: at(4) })).toMatchObject({ lastTenantId: 'b', tenants: 2, startedAt: at(2) })
      expect(await store.advance(first, step, at(5))).toBe(false)
      await store.end(first, 'completed', at(5))
      expect(await store.find(idOf(1))).toMatchObject({ state: 'running', tenants: 2 })
      await store.end(second, 'completed', at(6))
      expect(await store.claim(first, { total: 4, at: at(7) })).toBeUndefined()
    })

    it('lists runs, latest first', async () => {
      for (let i = 1; i <= 3; i++) await store.add(run(i), { share: false })
      const page = await store.list({ first: 2 })
      expect([page.items.map(({ id }) => id), page.hasMore]).toEqual([[idOf(3), idOf(2)], true])
      expect((await store.list({ first: 2, after: idOf(2) })).items.map(({ id }) => id)).toEqual([idOf(1)])
    })
  })
}
