import type { TokenUsage } from './token-usage.ts'
import type { UsageUnit } from './usage-unit.ts'

/** How a call was served, if the response says so. */
export interface ServedAs {
  /** Such as "standard", "batch", "flex" or "priority". */
  readonly serviceTier?: string
  /** Such as "fast". */
  readonly speed?: string
  /** Region or geography in which the model ran, such as "us". */
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
  /** Further model calls in the same response that are not in `tokens`, such as a compaction or a failed attempt. */
  readonly attempts?: readonly ModelUsage[]
}
