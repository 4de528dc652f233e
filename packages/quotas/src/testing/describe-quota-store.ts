import { afterAll, beforeAll, describe } from 'vitest'
import type { QuotaStore } from '../quota-store.ts'
import { alertsContract } from './contracts/alerts-contract.ts'
import { concurrencyContract } from './contracts/concurrency-contract.ts'
import { decisionContract } from './contracts/decision-contract.ts'
import { idempotencyContract } from './contracts/idempotency-contract.ts'
import { leaseContract } from './contracts/lease-contract.ts'
import { modelContract } from './contracts/model-contract.ts'
import { seedContract } from './contracts/seed-contract.ts'
import { policyContract } from './contracts/policy-contract.ts'
import { reservationContract } from './contracts/reservation-contract.ts'
import { slidingContract } from './contracts/sliding-contract.ts'
import { sweepContract } from './contracts/sweep-contract.ts'
import { usageContract } from './contracts/usage-contract.ts'

/** A store to test. It need not be empty: every test uses tenants of its own. */
export interface QuotaStoreUnderTest {
  readonly store: QuotaStore
  close?(): Promise<void>
}

/**
 * Tests that a store fulfils the contract of `QuotaStore`. `make` is called once before the tests, and `close` after them. Call it at
 * the top level of a Vitest file.
 */
export function describeQuotaStore(name: string, make: () => Promise<QuotaStoreUnderTest>): void {
  describe(name, () => {
    let underTest: QuotaStoreUnderTest | undefined
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())
    const store = () => {
      if (underTest === undefined) throw new Error(`${name}: the store was not made.`)
      return underTest.store
    }
    decisionContract(store)
    reservationContract(store)
    slidingContract(store)
    usageContract(store)
    sweepContract(store)
    policyContract(store)
    seedContract(store)
    alertsContract(store)
    concurrencyContract(store)
    idempotencyContract(store)
    leaseContract(store)
    modelContract(store)
  })
}
