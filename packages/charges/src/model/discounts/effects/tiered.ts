import type { Decimal } from '@tollgate/kernel'
import { percentOf } from '../../numbers/charge-amount.ts'
import type { Fields } from '../../drafts/read-draft.ts'
import { AMOUNT, type Numeral, PERCENT, QUANTITY } from '../../numbers/numeral.ts'
import { readSteps } from '../../price-models/tiers.ts'
import { measureUsage, readUsageMeasure, type UsageMeasure, type UsageMeasureDraft } from '../facts/usage-measure.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'
import type { DiscountBasis } from './percentage.ts'

/** A percentage for volumes from `from`, included, up to the next tier. */
export interface DiscountTier {
  readonly from: Decimal
  readonly percent: Decimal
}

/**
 * A percentage by volume: the tier that the volume has reached applies to the whole amount. At the start of a tier a larger
 * volume can therefore cost less, as with volume prices.
 */
export interface TieredOff {
  readonly kind: 'tiered'
  readonly usage: UsageMeasure
  readonly tiers: readonly DiscountTier[]
  readonly basis: DiscountBasis
}

/** Input of a discount by volume. Tiers start at 0 and ascend. */
export interface TieredOffDraft extends UsageMeasureDraft {
  readonly kind: 'tiered'
  readonly tiers: readonly { readonly from: Numeral; readonly percent: Numeral }[]
  readonly basis?: DiscountBasis | null | undefined
}

/** Reads a discount by volume. */
export function readTieredOff(fields: Fields): TieredOff {
  const usage = readUsageMeasure(fields)
  const bounds = usage.measure === 'quantity' ? QUANTITY : AMOUNT
  return {
    kind: 'tiered',
    usage,
    tiers: readSteps(fields, bounds, tier => ({ from: tier.numeral('from', bounds), percent: tier.numeral('percent', PERCENT) })),
    basis: fields.choice('basis', ['remaining', 'subtotal'], 'remaining'),
  }
}

/** Returns the volume and the tier that it has reached. Undefined if the volume is unknown. */
export function reachedTier({ usage, tiers }: TieredOff, facts: DiscountFacts): { measured: Decimal; tier: DiscountTier } | undefined {
  const measured = measureUsage(usage, facts)
  const tier = measured && tiers.findLast(({ from }) => measured.gte(from))
  return measured && tier && { measured, tier }
}

/** Returns the amount that a tier takes off. */
export function takeTierOff({ percent }: DiscountTier, basis: Decimal): Decimal {
  return percentOf(basis, percent)
}
