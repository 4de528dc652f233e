import type { CountedUsage, DiscountDraft, MarkupTerms, PriceModelDraft } from '@tollgate/charges'
import type { Decimal, Period } from '@tollgate/kernel'
import type { PriceDraft } from '@tollgate/pricing'
import type { Dimension, UsageFilter } from '@tollgate/usage'
import type { ChargeGroup } from './charge-group.ts'
import type { ExplainedCharge } from './explained-charge.ts'

/** A model of a provider. */
export interface ModelName {
  readonly provider: string
  readonly model: string
}

/** What would be otherwise; what is left out stays as it is. */
export interface ChargeScenario {
  /** Prices that would go before all others. */
  readonly prices?: readonly Omit<PriceDraft, 'tenantId'>[] | undefined
  /** Models that would have been used instead of others, for the same tokens. */
  readonly models?: readonly { readonly from: ModelName; readonly to: ModelName }[] | undefined
  /** The plan that the tenant would be on; null for none. */
  readonly plan?: string | null | undefined
  /** In place of those in effect; the tenant would then be charged by cost. */
  readonly markups?: readonly Omit<MarkupTerms, 'kind'>[] | undefined
  /** In place of those in effect. */
  readonly discounts?: readonly DiscountDraft[] | undefined
  /** A price list of our own, in place of cost and markups. */
  readonly priceModel?: PriceModelDraft | undefined
  /** What it counts; tokens where it is left out. */
  readonly counts?: CountedUsage | undefined
}

/** What is tried out, over which use, and how the answer is grouped. */
export interface SimulationRequest extends Omit<ChargeGroup, 'rounding'> {
  readonly range: Period
  readonly filter?: UsageFilter | undefined
  readonly scenario: ChargeScenario
  /** By what the answer is broken down; by nothing where it is empty. */
  readonly by?: readonly Dimension[] | undefined
  /** Events that may be rated again; more are refused. */
  readonly mostEvents: number
  /** Told how many events were read. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined
}

/** What use comes to. */
export interface ChargeFigures {
  readonly calls: number
  /** Calls that could not be priced: they are in neither cost nor charge by cost. */
  readonly unpricedCalls: number
  /** USD. */
  readonly cost: Decimal
  /** Null where it could not be charged. */
  readonly charge: Decimal | null
}

/** The same use as it is and as it would be. */
export interface SimulatedFigures {
  readonly current: ChargeFigures
  readonly simulated: ChargeFigures
  /** Simulated less current. */
  readonly costDifference: Decimal
  readonly chargeDifference: Decimal | null
}

/** One group's share of both. */
export interface SimulatedGroup extends SimulatedFigures {
  readonly key: readonly { readonly dimension: Dimension; readonly value: string | null }[]
}

/** What a scenario would have come to. The groups' figures sum to the total's, to the last digit. */
export interface ChargeSimulation {
  /** Whether events were rated again one by one, or sums were enough: where neither prices nor models are otherwise. */
  readonly method: 'events' | 'rollups'
  readonly total: SimulatedFigures
  /** By the current charge, largest first. */
  readonly groups: readonly SimulatedGroup[]
  readonly currentCharge: ExplainedCharge
  readonly simulatedCharge: ExplainedCharge
}
