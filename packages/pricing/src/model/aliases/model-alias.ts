import type { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'

/**
 * A name that a tenant gave to a model: a deployment at Azure, an application inference profile at Bedrock, a model of a gateway.
 * During the half-open interval `[from, to)`, calls of the name cost what calls of the target cost. Like a price, an alias never
 * changes; later aliases supersede it.
 */
export interface ModelAlias {
  /** UUIDv7 of the time of publication. */
  readonly id: string
  /** Tenant whose calls use the name. Null if all tenants' do. */
  readonly tenantId: string | null
  /** Provider of the calls, by any of its names. */
  readonly provider: string
  /** Name in the calls: "my-deployment", or the id or ARN of a profile. Case does not matter. */
  readonly name: string
  /**
   * Model that runs, with a region prefix if its price depends on it: "us.anthropic.claude-sonnet-4-5-20250929-v1:0". Not another
   * alias. Null if the name is no alias during the interval: earlier aliases end there, also those for all tenants.
   */
  readonly target: AliasTarget | null
  /** Null if the alias has no start. */
  readonly from: Temporal.Instant | null
  /** Null if the alias has no end. */
  readonly to: Temporal.Instant | null
  readonly publishedAt: Temporal.Instant
}

/** The model behind an alias, by its names at the provider that charges for it. */
export interface AliasTarget {
  readonly provider: string
  readonly model: string
}

/** An alias to set. */
export interface ModelAliasDraft {
  /** Defaults to all tenants, which only an operator may set. */
  readonly tenantId?: string | null | undefined
  readonly provider: string
  readonly name: string
  /** Null to make the name no alias from `from` on. */
  readonly target: AliasTarget | null
  readonly from: TimeInput
  /** Exclusive. Defaults to no end. */
  readonly to?: TimeInput | null | undefined
}
