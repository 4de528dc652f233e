import type { ChargeRules, Pricing } from '@tollgate/pricing'
import type { Rerating, Usage } from '@tollgate/usage'
import type { Accounts } from '../accounts/accounts.ts'
import type { Charges } from './charges.ts'
import { explainEvent } from './explain-event.ts'
import { explainGroup } from './explain-group.ts'
import { simulateCharges } from './simulate-charges.ts'

/** What charges are worked out from. */
export interface ChargesDependencies {
  readonly usage: Usage
  readonly rerating: Rerating
  readonly pricing: Pricing
  readonly chargeRules: ChargeRules
  readonly accounts: Pick<Accounts, 'tenantsByIds'>
}

/** Brings usage, prices and charge rules together. */
export function createCharges(dependencies: ChargesDependencies): Charges {
  return {
    explainEvent: (scope, eventId) => explainEvent(dependencies, scope, eventId),
    explainGroup: group => explainGroup(dependencies, group),
    simulate: request => simulateCharges(dependencies, request),
  }
}
