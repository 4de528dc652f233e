import { afterAll, beforeAll, describe } from 'vitest'
import type { AuditStore } from '../audit-store.ts'
import { appendContract } from './contracts/append-contract.ts'
import { queryContract } from './contracts/query-contract.ts'

/** A store to test against the contract. It need not be empty: each test has its own tenants. */
export interface AuditStoreUnderTest {
  readonly store: AuditStore
  close?(): Promise<void>
}

/**
 * Describes the contract of `AuditStore`, which every adapter must fulfil. Calls `make` once before the tests, and `close`
 * after them. Call it at the top level of a Vitest file.
 */
export function describeAuditStore(name: string, make: () => Promise<AuditStoreUnderTest>): void {
  describe(name, () => {
    let underTest: AuditStoreUnderTest | undefined
    beforeAll(async () => {
      underTest = await make()
    })
    afterAll(() => underTest?.close?.())
    const store = () => {
      if (underTest === undefined) throw new Error(`${name}: make() did not create a store.`)
      return underTest.store
    }
    appendContract(store)
    queryContract(store)
  })
}
