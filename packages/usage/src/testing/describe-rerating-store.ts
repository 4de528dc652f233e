import { afterAll, beforeAll, describe } from 'vitest'
import type { ReratingStore } from '../rerating/rerating-store.ts'
import type { UsageStore } from '../usage-store.ts'
import { correctedSumsContract } from './rerating-store/corrected-sums-contract.ts'
import { correctionsContract } from './rerating-store/corrections-contract.ts'
import { runsContract } from './rerating-store/runs-contract.ts'

/** A re-rating store to hold against the contract, with the usage store whose events it corrects. */
export interface ReratingStoreUnderTest {
  readonly usage: UsageStore
  readonly rerating: ReratingStore
  close?(): Promise<void>
}

/**
 * The contract of `ReratingStore`, and of `UsageStore.measure` over corrections: what any pair of adapters must do. It
 * works through `createRerating`. Every test has tenants of its own. Call it at the top level of a Vitest file.
 */
export function describeReratingStore(name: string, make: () => Promise<ReratingStoreUnderTest>): void {
  describe(name, () => {
    let underTest: ReratingStoreUnderTest | undefined
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())
    const stores = () => {
      if (underTest === undefined) throw new Error(`${name}: the stores were not made.`)
      return underTest
    }
    correctionsContract(stores)
    runsContract(stores)
    correctedSumsContract(stores)
  })
}
