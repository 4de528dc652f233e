import type { ChargesDependencies } from './charges-dependencies.ts'
import type { Charges } from './charges.ts'
import { explainEvent } from './explain-event.ts'
import { explainPeriod } from './explain-period.ts'
import { simulateCharges } from './simulate-charges.ts'

/** Creates the service that explains and simulates charges. */
export function createCharges(dependencies: ChargesDependencies): Charges {
  return {
    explainEvent: (scope, eventId) => explainEvent(dependencies, scope, eventId),
    explainPeriod: request => explainPeriod(dependencies, request),
    simulate: request => simulateCharges(dependencies, request),
  }
}
