import { afterAll, beforeAll, describe } from 'vitest'
import type { UsageStore } from '../usage-store.ts'
import { commitContract } from './usage-store/commit-contract.ts'
import { conservationContract } from './usage-store/conservation-contract.ts'
import { detailsContract } from './usage-store/details-contract.ts'
import { eventsContract } from './usage-store/events-contract.ts'
import { isolationContract } from './usage-store/isolation-contract.ts'
import { filterContract } from './usage-store/filter-contract.ts'
import { measureContract } from './usage-store/measure-contract.ts'
import { orderContract } from './usage-store/order-contract.ts'

/** A store to test against the contract. It need not be empty: each test has its own tenants. */
export interface UsageStoreUnderTest {
  readonly store: UsageStore
  close?(): Promise<void>
}

/**
 * Describes the contract of `UsageStore`, which every adapter must fulfil. Calls `make` once before the tests, and `close`
 * after them. Call it at the top level of a Vitest file. Events lie between 2001 and 2026, so that a store must create
 * partitions on demand.
 */
export function describeUsageStore(name: string, make: () => Promise<UsageStoreUnderTest>): void {
  describe(name, () => {
    let underTest: UsageStoreUnderTest | undefined
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())
    const store = () => {
      if (underTest === undefined) throw new Error(`${name}: make() did not create a store.`)
      return underTest.store
    }
    commitContract(store)
    measureContract(store)
    filterContract(store)
    detailsContract(store)
    orderContract(store)
    eventsContract(store)
    isolationContract(store)
    conservationContract(store)
  })
}
