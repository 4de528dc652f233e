import { describe } from 'vitest'
import type { CreditStoreSetup } from './builders/credit-store-setup.ts'
import { alertsContract } from './contracts/alerts-contract.ts'
import { costsContract } from './contracts/costs-contract.ts'
import { grantsContract } from './contracts/grants-contract.ts'
import { ledgerContract } from './contracts/ledger-contract.ts'
import { reservationsContract } from './contracts/reservations-contract.ts'
import { topUpsContract } from './contracts/top-ups-contract.ts'
import { usageContract } from './contracts/usage-contract.ts'

/** The contract of `CreditStore`: what every adapter must do. */
export function describeCreditStore(name: string, setup: CreditStoreSetup): void {
  describe(`${name} credit store`, () => {
    grantsContract(setup)
    reservationsContract(setup)
    usageContract(setup)
    ledgerContract(setup)
    alertsContract(setup)
    costsContract(setup)
    topUpsContract(setup)
  })
}
