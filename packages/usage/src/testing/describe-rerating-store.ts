import { afterAll, beforeAll, describe } from 'vitest'
import { correctedSumsContract } from './rerating-store/corrected-sums-contract.ts'
import { correctionsContract } from './rerating-store/corrections-contract.ts'
import { runsContract } from './rerating-store/runs-contract.ts'
import type { ReratingStoreUnderTest } from './rerating-store/stores-under-test.ts'

/**
 * Describes the contract of `ReratingStore` and of `UsageStore.measure` with corrections, which every pair of adapters
 * must fulfil. It uses `createRerating`. Each test has its own tenants. Call it at the top level of a Vitest file.
 */
export function describeReratingStore(name: string, make: () => Promise<ReratingStoreUnderTest>): void {
  describe(name, () => {
    let underTest: ReratingStoreUnderTest | undefined
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())
    const stores = () => {
      if (underTest === undefined) throw new Error(`${name}: make() did not create stores.`)
      return underTest
    }
    correctionsContract(stores)
    runsContract(stores)
    correctedSumsContract(stores)
  })
}
