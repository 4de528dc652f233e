import { afterAll, beforeAll, describe } from 'vitest'
import { correctedSumsContract } from './rerating-store/corrected-sums-contract.ts'
import { correctionsContract } from './rerating-store/corrections-contract.ts'
import { runsContract } from './rerating-store/runs-contract.ts'
import type { ReratingStoreUnderTest } from './rerating-store/stores-under-test.ts'

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
