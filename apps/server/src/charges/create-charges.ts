import type { Charges } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { explainEvent } from './explain-event.ts'
import { explainGroup } from './explain-group.ts'
import { simulateCharges } from './simulate-charges.ts'

/** Brings usage, prices and charge rules together. */
export function createCharges(dependencies: ChargesDependencies): Charges {
  return {
    explainEvent: (scope, eventId) => explainEvent(dependencies, scope, eventId),
    explainGroup: group => explainGroup(dependencies, group),
    simulate: request => simulateCharges(dependencies, request),
  }
}
