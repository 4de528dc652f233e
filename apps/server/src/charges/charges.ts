import type { Decimal, Period, Scope, Temporal } from '@tollgate/kernel'
import type { ChargeExplanation, ChargeRounding } from '@tollgate/pricing'
import type { TokenUsage } from '@tollgate/tokens'
import type { UsageEvent, UsageFilter } from '@tollgate/usage'
import type { ChargeSimulation, SimulationRequest } from './charge-simulation.ts'

/** What tenants are charged for their usage, explained and tried out. Nothing here writes. */
export interface Charges {
  /** What one event comes to by itself, and why. Undefined where the scope sees no such event. */
  explainEvent(scope: Scope, eventId: string): Promise<ExplainedEvent | undefined>
  /** What a tenant's use over a range comes to, model by model and as a whole, and why. Throws `InvalidInput`. */
  explainGroup(group: ChargeGroup): Promise<ExplainedGroup>
  /** What a tenant's past use would have cost and come to otherwise. Throws `InvalidInput`. */
  simulate(request: SimulationRequest): Promise<ChargeSimulation>
}

/** A tenant's use that is charged together. */
export interface ChargeGroup {
  readonly tenantId: string
  readonly range: Period
  readonly filter?: UsageFilter | undefined
  /** The rules of this time; of the range's beginning where it is left out. */
  readonly at?: Temporal.Instant | null | undefined
  readonly couponCodes?: readonly string[] | null | undefined
  /** Of the whole, once; exact where it is left out. */
  readonly rounding?: ChargeRounding | undefined
}

/** A charge with its reasons; or none, with the reason why. */
export interface ExplainedCharge {
  readonly state: 'charged' | 'unpriced' | 'not_applicable'
  /** USD, what providers charge; null where it is not known. */
  readonly cost: Decimal | null
  readonly charge: Decimal | null
  /** The time whose rules it is by. */
  readonly at: Temporal.Instant
  /** Why there is no charge. */
  readonly reason: string | null
  readonly explanation: ChargeExplanation | null
  /** What does not show in the steps and is to be known. */
  readonly notes: readonly string[]
}

/** What an event comes to by itself. */
export interface ExplainedEvent {
  readonly event: UsageEvent
  readonly charge: ExplainedCharge
}

/** One model's part in a group. */
export interface ExplainedModel {
  /** As they were sent; null for use of no model. */
  readonly provider: string | null
  readonly model: string | null
  readonly calls: number
  readonly unpricedCalls: number
  readonly tokens: TokenUsage
  readonly cost: Decimal | null
  /** Null where models are not charged by themselves: by a price list of our own. */
  readonly charge: ExplainedCharge | null
}

/** What a group comes to: its models, and the whole. */
export interface ExplainedGroup {
  readonly models: readonly ExplainedModel[]
  readonly calls: number
  readonly unpricedCalls: number
  readonly total: ExplainedCharge
}
