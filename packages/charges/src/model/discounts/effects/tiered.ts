import type { Decimal } from '@tollgate/kernel'
import { percentOf } from '../../numbers/charge-amount.ts'
import type { Fields } from '../../drafts/read-draft.ts'
import { AMOUNT, type Numeral, PERCENT, QUANTITY } from '../../numbers/numeral.ts'
import { readSteps } from '../../price-models/tiers.ts'
import { measureUsage, readUsageMeasure, type UsageMeasure, type UsageMeasureDraft } from '../facts/usage-measure.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'
import type { DiscountBasis } from './percentage.ts'

/** A percentage from a volume on, up to where the next one starts; `from` is in it. */
export interface DiscountTier {
  readonly from: Decimal
  readonly percent: Decimal
}

/**
 * A percentage that slides with the volume: the whole amount gets the percentage of the one tier that the volume has
 * reached. At a bound the charge may therefore fall, as with volume prices.
 */
export interface TieredOff {
  readonly kind: 'tiered'
  readonly usage: UsageMeasure
  readonly tiers: readonly DiscountTier[]
  readonly basis: DiscountBasis
}

/** A discount by volume, to be defined: tiers start at 0 and ascend. */
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

/** What is measured and the tier it reaches; undefined where it is not known. */
export function reachedTier({ usage, tiers }: TieredOff, facts: DiscountFacts): { measured: Decimal; tier: DiscountTier } | undefined {
  const measured = measureUsage(usage, facts)
  const tier = measured && tiers.findLast(({ from }) => measured.gte(from))
  return measured && tier && { measured, tier }
}

/** What a tier takes off an amount. */
export function takeTierOff({ percent }: DiscountTier, basis: Decimal): Decimal {
  return percentOf(basis, percent)
}
