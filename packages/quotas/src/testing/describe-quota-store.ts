import { afterAll, beforeAll, describe } from 'vitest'
import type { QuotaStore } from '../quota-store.ts'
import { alertsContract } from './quota-store/alerts-contract.ts'
import { concurrencyContract } from './quota-store/concurrency-contract.ts'
import { decisionContract } from './quota-store/decision-contract.ts'
import { leaseContract } from './quota-store/lease-contract.ts'
import { modelContract } from './quota-store/model-contract.ts'
import { openingContract } from './quota-store/opening-contract.ts'
import { policyBookContract } from './quota-store/policy-book-contract.ts'
import { reservationContract } from './quota-store/reservation-contract.ts'
import { slidingContract } from './quota-store/sliding-contract.ts'
import { sweepContract } from './quota-store/sweep-contract.ts'
import { viewsContract } from './quota-store/views-contract.ts'

/** A store to hold against the contract. It need not be empty: every test works with tenants of its own. */
export interface QuotaStoreUnderTest {
  readonly store: QuotaStore
  close?(): Promise<void>
}

/**
 * The contract of `QuotaStore`: what any adapter must do. `make` is called once, before the tests; `close` after them.
 * Call it at the top level of a Vitest file.
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
    viewsContract(store)
    sweepContract(store)
    policyBookContract(store)
    openingContract(store)
    alertsContract(store)
    concurrencyContract(store)
    leaseContract(store)
    modelContract(store)
  })
}
