import { describe } from 'vitest'
import type { AlertStore } from '../alert-store.ts'
import { alertsContract } from './alert-store/alerts-contract.ts'
import { evaluationContract } from './alert-store/evaluation-contract.ts'
import { exceededQuotasContract } from './alert-store/exceeded-quotas-contract.ts'
import { rulesContract } from './alert-store/rules-contract.ts'

/** The contract of `AlertStore`: what every adapter must do. `make` returns a store with default rules and without alerts; it is called before each test. */
export function describeAlertStore(name: string, make: () => Promise<AlertStore>): void {
  describe(`${name} alert store`, () => {
    rulesContract(make)
    evaluationContract(make)
    alertsContract(make)
    exceededQuotasContract(make)
  })
}
