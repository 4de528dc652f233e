import { afterAll, beforeAll, describe } from 'vitest'
import type { UsageStore } from '../usage-store.ts'
import { commitContract } from './usage-store/commit-contract.ts'
import { conservationContract } from './usage-store/conservation-contract.ts'
import { eventsContract } from './usage-store/events-contract.ts'
import { isolationContract } from './usage-store/isolation-contract.ts'
import { measureContract } from './usage-store/measure-contract.ts'
import { orderContract } from './usage-store/order-contract.ts'

/** A store to hold against the contract. It need not be empty: every test works with tenants of its own. */
export interface UsageStoreUnderTest {
  readonly store: UsageStore
  close?(): Promise<void>
}

/**
 * The contract of `UsageStore`: what any adapter must do. `make` is called once, before the tests; `close` after them.
 * Call it at the top level of a Vitest file. Events lie between 2001 and 2026, so partitions cannot have been made ahead.
 */
export function describeUsageStore(name: string, make: () => Promise<UsageStoreUnderTest>): void {
  describe(name, () => {
    let underTest: UsageStoreUnderTest | undefined
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())
    const store = () => {
      if (underTest === undefined) throw new Error(`${name}: the store was not made.`)
      return underTest.store
    }
    commitContract(store)
    measureContract(store)
    orderContract(store)
    eventsContract(store)
    isolationContract(store)
    conservationContract(store)
  })
}
