import type { DecisionDependencies } from './decision-dependencies.ts'
import type { GrantedReservations } from './granted-reservations.ts'

/** What reservations are made and ended with. */
export interface ReservationDependencies extends DecisionDependencies {
  readonly granted: GrantedReservations
  nowMs(tenantId: string): number
}
