import type { Transaction } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActivityStore } from '../activity-store.ts'
import type { MinuteOfActivity } from '../model/activity-count.ts'
import { freshTenant, NOON } from './builders/checked-event.ts'

/** A store to test against the contract, and a way to use it in a transaction. */
export interface ActivityStoreUnderTest {
  readonly store: ActivityStore
  readonly transaction: (tenantIds: readonly string[], work: (transaction: Transaction) => Promise<void>) => Promise<void>
  close?(): Promise<void>
}

/** Describes the contract of `ActivityStore`, which every adapter must fulfil. */
export function describeActivityStore(name: string, make: () => Promise<ActivityStoreUnderTest>): void {
  describe(`${name}: counts of activity`, () => {
    let underTest: ActivityStoreUnderTest
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())

    const [next, later] = [NOON.add({ minutes: 1 }), NOON.add({ minutes: 2 })]
    const tracked = (tenantId: string, counts: Record<string, number>, more: Partial<MinuteOfActivity> = {}): MinuteOfActivity => {
      return { tenantId, minute: NOON, actor: { kind: 'key', id: 'key_1' }, family: 'usage', action: 'tracked', calls: 1, counts, ...more }
    }
    const takeAll = async (tenantId: string, before = later) => {
      const taken: MinuteOfActivity[][] = []
      while (await underTest.store.take({ tenantId, before }, async (_transaction, sums) => void taken.push([...sums])));
      return taken
    }

    it('are summed by minute, actor and type', async () => {
      const tenantId = freshTenant()
      const system = { kind: 'system', id: null } as const
      await underTest.transaction([tenantId], transaction => underTest.store.addIn(transaction, [tracked(tenantId, { accepted: 2 })]))
      await underTest.store.add([tracked(tenantId, { accepted: 3, duplicate: 1 }, { calls: 2 }), tracked(tenantId, { accepted: 7 }, { minute: next })])
      await underTest.store.add([tracked(tenantId, { accepted: 5 }, { actor: system }), tracked(tenantId, {}, { action: 'read' })])
      const [first = [], second] = await takeAll(tenantId)
      expect(first.toSorted((a, b) => a.calls + (a.counts.accepted ?? 0) - b.calls - (b.counts.accepted ?? 0))).toEqual([
        tracked(tenantId, {}, { action: 'read' }),
        tracked(tenantId, { accepted: 5 }, { actor: system }),
        tracked(tenantId, { accepted: 5, duplicate: 1 }, { calls: 3 }),
      ])
      expect(second).toEqual([tracked(tenantId, { accepted: 7 }, { minute: next })])
    })

    it('are kept until their minute has ended', async () => {
      const tenantId = freshTenant()
      await underTest.store.add([tracked(tenantId, { accepted: 1 })])
      expect(await takeAll(tenantId, NOON)).toEqual([])
      expect(await takeAll(tenantId, next)).toHaveLength(1)
      expect(await takeAll(tenantId, next)).toEqual([])
    })

    it('are taken once by concurrent callers', async () => {
      const tenantId = freshTenant()
      await underTest.store.add(Array.from({ length: 20 }, () => tracked(tenantId, { accepted: 1 })))
      const taken = await Promise.all(Array.from({ length: 4 }, () => takeAll(tenantId)))
      expect(taken.flat(2)).toEqual([tracked(tenantId, { accepted: 20 }, { calls: 20 })])
    })

    it('are kept if their use fails', async () => {
      const tenantId = freshTenant()
      await underTest.store.add([tracked(tenantId, { accepted: 1 })])
      const failing = underTest.store.take({ tenantId, before: later }, () => Promise.reject(new Error('The log is not available')))
      await expect(failing).rejects.toThrow('The log is not available')
      expect(await takeAll(tenantId)).toHaveLength(1)
    })

    it('list their tenants page by page, if a minute has ended', async () => {
      const tenantIds = [freshTenant(), freshTenant(), freshTenant()].sort()
      await underTest.store.add(tenantIds.map((tenantId, i) => tracked(tenantId, { accepted: 1 }, { minute: i === 1 ? later : NOON })))
      const listed: string[] = []
      for (let after: string | undefined; ;) {
        const [tenant] = await underTest.store.tenants({ before: later, after, first: 1 })
        if (tenant === undefined) break
        listed.push(tenant)
        after = tenant
      }
      expect(listed.filter(tenant => tenantIds.includes(tenant))).toEqual([tenantIds[0], tenantIds[2]])
      expect(listed).toEqual([...new Set(listed)].sort())
    })
  })
}
