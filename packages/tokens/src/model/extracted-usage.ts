import type { TokenUsage } from './token-usage.ts'
import type { UsageUnit } from './usage-unit.ts'

/** How a call was served, if the response says so. Providers charge for it. */
export interface ServedAs {
  /** "standard", "batch", "flex", "priority", or the provider's own name for another tier. */
  readonly serviceTier?: string
  /** Such as "fast" of Anthropic or "optimized" of Bedrock. Absent for the standard speed. */
  readonly speed?: string
  /** Geography that the model ran in, such as "us" or "global". */
  readonly region?: string
}

/** Usage of one model call. */
export interface ModelUsage extends ServedAs {
  /** Name of the model in the response. Null if the response has none. */
  readonly model: string | null
  readonly tokens: TokenUsage
  /** What the provider bills besides tokens. */
  readonly units: readonly UsageUnit[]
}

/** Usage of a response. */
export interface ExtractedUsage extends ModelUsage {
  /** What the provider says that the call cost, in USD: an exact decimal as text. */
  readonly reportedCost?: string
  /** Further model calls in the same response that are not in `tokens`, such as a compaction or a failed attempt. */
  readonly attempts?: readonly ModelUsage[]
}
