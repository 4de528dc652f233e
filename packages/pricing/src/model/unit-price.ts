import type { Decimal } from '@tollgate/kernel'

/**
 * What a provider charges for units that are not tokens, such as searches, images or seconds of audio. A price with a variant is
 * for that variant only. A price without one is for units without a variant. A published one is also for all variants of a kind
 * that has no prices by variant.
 */
export interface UnitPrice {
  /** Kind of the units, such as "web_search"; see `UNIT_KINDS`. */
  readonly kind: string
  /** What the price depends on, such as "low" for a search context size or "high-1024x1024" for an image. */
  readonly variant?: string
  /** USD for `per` units. */
  readonly price: Decimal
  /** Number of units that the price is for, such as 1,000 searches, or 3,600 seconds for a price per hour. Defaults to 1. */
  readonly per?: number
}

/** Identifies what a unit price is for. */
export function unitKey({ kind, variant }: { readonly kind: string; readonly variant?: string | null | undefined }): string {
  return typeof variant === 'string' ? `${kind} ${variant}` : kind
}
