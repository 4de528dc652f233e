import type { GivenDiscount } from '@tollgate/charges'
import type { Decimal, Period, Scope } from '@tollgate/kernel'
import type { TokenUsage } from '@tollgate/tokens'
import type { UsageEvent } from '@tollgate/usage'
import type { ChargeGroup } from './charge-group.ts'
import type { ChargeSimulation, SimulationRequest } from './charge-simulation.ts'
import type { ExplainedCharge } from './explained-charge.ts'

/** What tenants are charged for their usage, explained and tried out. Nothing here writes. */
export interface Charges {
  /** What one event comes to by itself, or adds to its period where a price list counts one, and why. Undefined where the scope sees no such event. */
  explainEvent(scope: Scope, eventId: string): Promise<ExplainedEvent | undefined>
  /** What a tenant's use over a range comes to, model by model and as a whole, and why. Throws `InvalidInput`. */
  explainGroup(group: ChargeGroup): Promise<ExplainedGroup>
  /** What a tenant's past use would have cost and come to otherwise. Throws `InvalidInput`. */
  simulate(request: SimulationRequest): Promise<ChargeSimulation>
}

/** What an event comes to. */
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
  /** Units of compute operations. */
  readonly quantity: Decimal
  readonly cost: Decimal | null
  /** Null where models are not charged by themselves, in any part: by a price list of our own. */
  readonly charge: ExplainedCharge | null
}

/** What a group comes to: its models, and the whole. */
export interface ExplainedGroup {
  readonly models: readonly ExplainedModel[]
  readonly calls: number
  readonly unpricedCalls: number
  /** Where rules change on the way, each part by its own; their charges sum to that of the whole, before it is rounded. One otherwise. */
  readonly parts: readonly ExplainedPart[]
  /** The parts with the same rules and the same discounts by the time, summed: all nights of a month are one. In the order of their first. */
  readonly partSums: readonly PartSum[]
  readonly total: ExplainedCharge
  /** Everything that was taken off: what is to be booked where the charge becomes final. */
  readonly given: readonly GivenDiscount[]
}

/** Parts of a range that are charged alike. */
export interface PartSum {
  /** How many they are. */
  readonly parts: number
  /** Where the first begins, and the last ends; others may lie between them. */
  readonly range: Period
  /** The discounts that have a condition on the time, and for which it is the time in these parts. */
  readonly discounts: readonly string[]
  readonly calls: number
  readonly unpricedCalls: number
  readonly cost: Decimal
  /** Null where one of them has no price. */
  readonly charge: Decimal | null
}

/** A stretch of a range that is charged by one set of rules. */
export interface ExplainedPart {
  readonly range: Period
  readonly models: readonly ExplainedModel[]
  readonly total: ExplainedCharge
}
