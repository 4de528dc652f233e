import type { Scope } from '@tollgate/kernel'
import type { ChargeRounding } from './engine/charge/charge-rounding.ts'
import type { ExplainedCharge } from './model/explanation/explained-charge.ts'
import type { ExplainedPeriod } from './model/explanation/explained-period.ts'
import type { ChargeSimulation, SimulationRequest } from './model/simulation/charge-simulation.ts'
import type { ChargedEvent } from './model/usage/charged-event.ts'
import type { MeasureChargesRequest, MeasuredCharges } from './measure-charges.ts'
import type { Requested, UsageSelection } from './model/usage/usage-selection.ts'

/** Works out what tenants are charged for their usage. It only reads. */
export interface Charges {
  /**
   * Explains the charge of one event. If a price list applies, that is what the event adds to its month. Undefined if the
   * scope does not see the event.
   */
  explainEvent(scope: Scope, eventId: string): Promise<ExplainedEvent | undefined>
  /** Explains the charge of a tenant's usage in a period: by model, by part and in total. Throws `InvalidInput`. */
  explainPeriod(request: Requested<ExplainPeriodRequest>): Promise<ExplainedPeriod>
  /** Measures the charge of a tenant's usage, divided over buckets of time and groups. Throws `InvalidInput`. */
  measure(request: Requested<MeasureChargesRequest>): Promise<MeasuredCharges>
  /** Works out what a tenant's past usage would have cost and been charged in a scenario. Throws `InvalidInput`. */
  simulate<Dimension extends string>(request: Requested<SimulationRequest<Dimension>>): Promise<ChargeSimulation<Dimension>>
}

/** The usage to explain, and how to round its charge. */
export interface ExplainPeriodRequest extends UsageSelection {
  /** Rounds the total, once. Defaults to no rounding. */
  readonly rounding?: ChargeRounding | undefined
}

/** An event and its charge. */
export interface ExplainedEvent {
  readonly event: ChargedEvent
  readonly charge: ExplainedCharge
}
