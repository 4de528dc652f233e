import type { Temporal } from '@tollgate/kernel'
import type { Price } from './price.ts'

/** What is asked of a catalogue: the price of a model at a time. */
export interface PriceLookup {
  readonly provider: string
  /** As the provider or the client names it: dated versions, aliases and provider prefixes are understood. */
  readonly model: string
  readonly at: Temporal.Instant
  readonly tenantId?: string | undefined
}

/** A set of prices that does not change; looking up does no I/O. */
export interface PriceCatalog {
  find(lookup: PriceLookup): Price | undefined
}
