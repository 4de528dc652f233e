import type { Decimal } from '@tollgate/kernel'
import type { ExplainedCharge } from '../explanation/explained-charge.ts'
import type { UsageTotals } from '../usage/usage-totals.ts'
import type { UsageSelection } from '../usage/usage-selection.ts'
import type { ChargeScenario } from './charge-scenario.ts'

/** A scenario, the usage to try it on, and the dimensions to break the result down by. */
export interface SimulationRequest<Dimension extends string = string> extends UsageSelection {
  readonly scenario: ChargeScenario
  /** Defaults to no breakdown. */
  readonly by?: readonly Dimension[] | undefined
  /** Maximum number of events to rate again. A selection with more is rejected. */
  readonly maxEvents: number
  /** Called after each page of events. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined
}

/** Cost and charge of some usage. */
export interface ChargeFigures extends Pick<UsageTotals, 'calls' | 'unpricedCalls' | 'cost'> {
  /** Null if the usage could not be charged. */
  readonly charge: Decimal | null
}

/** The same usage with and without the scenario. */
export interface SimulatedFigures {
  readonly current: ChargeFigures
  readonly simulated: ChargeFigures
  /** Simulated minus current. */
  readonly costDifference: Decimal
  readonly chargeDifference: Decimal | null
}

/** The share of one group. */
export interface SimulatedGroup<Dimension extends string = string> extends SimulatedFigures {
  readonly key: readonly { readonly dimension: Dimension; readonly value: string | null }[]
}

/** The result of a simulation. The figures of the groups add up to the total exactly. */
export interface ChargeSimulation<Dimension extends string = string> {
  /** `events` if each event was rated again; `rollups` if sums were enough, because neither prices nor models change. */
  readonly method: 'events' | 'rollups'
  readonly total: SimulatedFigures
  /** Highest current charge first. */
  readonly groups: readonly SimulatedGroup<Dimension>[]
  readonly currentCharge: ExplainedCharge
  readonly simulatedCharge: ExplainedCharge
}
