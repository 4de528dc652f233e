import type { Decimal, Temporal } from '@tollgate/kernel'

/** Credits per thousand tokens: one rate for all pools, or a rate for each pool; pools without a rate cost nothing. */
export type TokenRates = Decimal | Readonly<Record<string, Decimal>>

/** What an operation costs in credits. All rates that are set are added up. */
export interface CreditRates {
  readonly perCall: Decimal | null
  readonly perThousandTokens: TokenRates | null
  /** Per USD that the provider charges. */
  readonly perUsdOfCost: Decimal | null
  /** Per unit of the quantity of a compute operation. */
  readonly perUnit: Decimal | null
}

/** A version of the credit cost of an operation. */
export interface CreditCost {
  /** UUIDv7. */
  readonly id: string
  readonly operation: string
  /** Null for any. */
  readonly provider: string | null
  /** Null for any. Named only together with a provider. */
  readonly model: string | null
  readonly rates: CreditRates
  readonly from: Temporal.Instant
  /** Null for no end. */
  readonly to: Temporal.Instant | null
}

/** The fields of a usage event that its credits depend on. */
export interface CreditedUsage {
  readonly operation: string
  readonly provider: string | null
  readonly model: string | null
  readonly occurredAt: Temporal.Instant
  /** Tokens by pool. */
  readonly tokens: Readonly<Record<string, number>> | null
  readonly quantity: Decimal | null
  /** USD. Null if it is not known, or there is none. */
  readonly cost: Decimal | null
}

/** A part of the credits of an operation: quantity times rate. */
export interface CreditCostPart {
  readonly basis: 'call' | 'thousand_tokens' | 'usd_of_cost' | 'unit'
  /** Pool of the tokens, if the rates differ by pool. */
  readonly pool: string | null
  readonly quantity: Decimal
  readonly rate: Decimal
  readonly amount: Decimal
}

/** The credits of an operation, and why. */
export interface ChargedCredits {
  readonly amount: Decimal
  readonly costId: string
  readonly parts: readonly CreditCostPart[]
}
