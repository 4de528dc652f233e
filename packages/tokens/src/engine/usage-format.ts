import type { ModelUsage } from '../model/extracted-usage.ts'
import type { UsageUnit } from '../model/usage-unit.ts'
import type { InclusiveCounts } from './inclusive-counts.ts'

/** What is known about a call besides its response. */
export interface ProviderCall {
  readonly provider: string
  /** The API that was called, if the caller says so. */
  readonly apiFlavor?: string | undefined
  /** The model that the response names. */
  readonly model: string | null
}

/** What a response says about its usage. */
export interface UsageReading {
  /** Defaults to no tokens. */
  readonly counts?: InclusiveCounts | undefined
  readonly units?: readonly UsageUnit[] | undefined
  readonly attempts?: readonly ModelUsage[] | undefined
  /** The model that answered, if it is not the one that the response names. */
  readonly model?: string | undefined
  /** By the provider's own name. */
  readonly serviceTier?: string | undefined
  readonly speed?: string | undefined
  readonly region?: string | undefined
  readonly reportedCost?: string | undefined
}

/**
 * Reads the usage of a response. Undefined if the response is not in this format. Throws `TokenUsageUnreadable` if it is, but
 * its counts are invalid or incomplete.
 */
export type UsageFormat = (body: object, call: ProviderCall) => UsageReading | undefined
