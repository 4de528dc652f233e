import type { ReratingStore } from '../../rerating-store.ts'
import type { UsageStore } from '../../usage-store.ts'

/** A re-rating store to test against the contract, with the usage store whose events it corrects. */
export interface ReratingStoreUnderTest {
  readonly usage: UsageStore
  readonly rerating: ReratingStore
  close?(): Promise<void>
}
