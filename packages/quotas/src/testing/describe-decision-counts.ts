import { settableClock, type Transaction } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import type { DecisionCounter } from '../decision-counter.ts'
import type { CallerCounts } from '../model/decisions/decision-counts.ts'
import type { PolicyDraft } from '../model/policies/policy-draft.ts'
import type { QuotaStoreUnderTest } from './describe-quota-store.ts'
import { newTenant } from './builders/quotas-over.ts'

/** Tests that a store that is given a counter counts each decision once, for its caller. */
export function describeDecisionCounts(name: string, make: (counter: DecisionCounter) => Promise<QuotaStoreUnderTest>): void {
  describe(`${name}: decisions`, () => {
    let underTest: QuotaStoreUnderTest
    let inTransactions: CallerCounts[] = []
    let inMemory: string[] = []
    const counter: DecisionCounter = {
      async countIn(transaction: Transaction, counts) {
        expect(transaction.scope).toBeDefined()
        inTransactions.push(...counts)
      },
      count: (_tenantId, caller, action) => void inMemory.push(`${caller} ${action}`),
    }
    beforeAll(async () => {
      underTest = await make(counter)
    })
    beforeEach(() => {
      inTransactions = []
      inMemory = []
    })
    afterAll(() => underTest?.close?.())

    const setUp = (policy: Partial<PolicyDraft> = {}) => {
      const tenantId = newTenant()
      const clock = settableClock('2026-11-20T12:00:00Z')
      const quotas = createQuotas({ store: underTest.store, policies: [{ metric: 'requests', window: 'day', limit: '10', ...policy }], clock, counter })
      const ask = (amount: string, caller: string | null = 'key_1') => ({ tenantId, caller, requests: [{ metric: 'requests' as const, amount }] })
      const counted = () => {
        const sums: Record<string, Record<string, number>> = {}
        for (const { caller, counts } of inTransactions) {
          const sum = sums[String(caller)] ?? {}
          sums[String(caller)] = sum
          for (const [action, count] of Object.entries(counts)) sum[action] = (sum[action] ?? 0) + count
        }
        return sums
      }
      return { quotas, ask, counted }
    }

    it('that change counters are counted once in their transaction, for each caller', async () => {
      const { quotas, ask, counted } = setUp()
      const consume = (amount: string, caller?: string | null) => quotas.enforce({ ...ask(amount, caller), consume: true, idempotencyKey: crypto.randomUUID() })
      await Promise.all([consume('1'), consume('1'), consume('1', 'key_2'), consume('1', null), consume('50')])
      const [held, kept] = [await quotas.reserve(ask('2')), await quotas.reserve(ask('1', 'key_2'))]
      await quotas.reserve(ask('9', 'key_2'))
      const [heldId, keptId] = [held, kept].map(({ reservation }) => reservation?.id ?? '')
      await quotas.extend({ reservationId: heldId ?? '', ttlSeconds: 120, caller: 'key_1' })
      for (let i = 0; i < 2; i++) await quotas.settle({ reservationId: heldId ?? '', caller: 'key_1' })
      await quotas.release({ reservationId: keptId ?? '', caller: 'key_2' })
      expect(counted()).toEqual({
        key_1: { consumed: 2, refused: 1, reserved: 1, extended: 1, settled: 1 },
        key_2: { consumed: 1, reserved: 1, refused: 1, released: 1 },
        null: { consumed: 1 },
      })
      expect(inMemory).toEqual([])
    })

    it('that change nothing are counted in memory', async () => {
      const { quotas, ask } = setUp()
      await quotas.enforce(ask('1'))
      await quotas.enforce(ask('11'))
      expect(inMemory).toEqual(['key_1 checked', 'key_1 refused'])
      expect(inTransactions).toEqual([])
    })

    it('from a lease are counted in memory, and the one that took the lease in its transaction', async () => {
      const { quotas, ask, counted } = setUp({ limit: '1000000', lease: true })
      for (let i = 0; i < 10; i++) await quotas.enforce({ ...ask('1'), consume: true })
      await quotas.stop()
      const inStore = counted().key_1?.consumed ?? 0
      expect(inMemory.length).toBeGreaterThan(0)
      expect(inStore + inMemory.length).toBe(10)
      expect(new Set(inMemory)).toEqual(new Set(['key_1 consumed']))
    })
  })
}
