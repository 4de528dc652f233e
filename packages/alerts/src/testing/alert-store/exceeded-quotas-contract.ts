import { beforeEach, describe, expect, it } from 'vitest'
import type { AlertStore } from '../../alert-store.ts'
import type { ExceededQuota } from '../../model/exceeded-quota.ts'
import { minute } from './evaluate.ts'

function exceeded(cursor: string, tenantId: string, atMinute: number): ExceededQuota {
  return {
    cursor,
    tenantId,
    occurredAt: minute(atMinute),
    policyId: 'p1',
    metric: 'requests',
    operation: null,
    window: 'day',
    scopeValue: ['chat', null],
    used: '5.000000000000000001',
    limit: '5',
  }
}

/** How exceeded quotas are kept until rules count them. */
export function exceededQuotasContract(make: () => Promise<AlertStore>): void {
  describe('exceeded quotas', () => {
    let store: AlertStore
    beforeEach(async () => {
      store = await make()
    })
    const add = (last: string, ...quotas: ExceededQuota[]) => store.addExceededQuotas({ exceeded: quotas, last, keepFrom: minute(0) })
    const count = async (from: number, to: number) =>
      (await store.exceededQuotas({ from: minute(from), to: minute(to) })).map(tenant => `${tenant.tenantId} ${tenant.count}`).toSorted()

    it('are counted for each tenant in a half-open range, with the last one', async () => {
      await add('9', exceeded('3', 'acme', 3), exceeded('9', 'acme', 4), exceeded('8', 'globex', 5))
      expect(await count(3, 5)).toEqual(['acme 2'])
      expect(await count(4, 6)).toEqual(['acme 1', 'globex 1'])
      expect(await count(6, 9)).toEqual([])
      const [acme] = await store.exceededQuotas({ from: minute(3), to: minute(5) })
      expect(acme?.last).toEqual(exceeded('9', 'acme', 4))
      expect((await store.exceededQuotas({ from: minute(3), to: minute(4) }))[0]?.last.cursor).toBe('3')
    })

    it('are stored once, also when several servers add the same page at the same time', async () => {
      await Promise.all(Array.from({ length: 4 }, () => add('2', exceeded('1', 'acme', 1), exceeded('2', 'acme', 2))))
      expect(await count(0, 9)).toEqual(['acme 2'])
    })

    it('have a cursor that moves forward and never back', async () => {
      expect(await store.quotaCursor()).toBeUndefined()
      await add('9', exceeded('9', 'acme', 1))
      await add('12')
      await add('10', exceeded('10', 'acme', 1))
      expect(await store.quotaCursor()).toBe('12')
    })

    it('are deleted when they are older than the time to keep', async () => {
      await add('2', exceeded('1', 'acme', 1), exceeded('2', 'acme', 5))
      await store.addExceededQuotas({ exceeded: [exceeded('3', 'acme', 3), exceeded('4', 'acme', 4)], last: '4', keepFrom: minute(4) })
      expect(await count(0, 9)).toEqual(['acme 2'])
      expect(await count(0, 4)).toEqual([])
    })
  })
}
