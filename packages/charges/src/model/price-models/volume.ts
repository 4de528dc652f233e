import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { chargeOnce, chargeUnits, type PricedLine } from './priced-line.ts'
import { nameTier, readTiers, type Tier, type TierDraft } from './tiers.ts'

/**
 * All units at the price of the tier that the last one lies in. Where a tier is cheaper than the one before, the first
 * unit in it lowers the whole price: volume prices rise with the quantity within a tier, not across its bound.
 */
export interface Volume {
  readonly kind: 'volume'
  readonly tiers: readonly Tier[]
}

/** A volume price, to be defined: the first tier starts at 0, each other above the one before. */
export interface VolumeDraft {
  readonly kind: 'volume'
  readonly tiers: readonly TierDraft[]
}

/** Reads a volume price. */
export function readVolume(fields: Fields): Volume {
  return { kind: 'volume', tiers: readTiers(fields) }
}

/** The whole quantity at the price of one tier, and that tier's flat fee. */
export function priceVolume(quantity: Decimal, { tiers }: Volume): readonly PricedLine[] {
  const position = tiers.findLastIndex(({ from }) => quantity.gt(from))
  const tier = tiers[position]
  if (tier === undefined) return []
  const label = nameTier(tiers, position)
  const line = chargeUnits(label, quantity, tier.unitPrice)
  return tier.flatFee === undefined ? [line] : [line, chargeOnce(`${label}: flat fee`, tier.flatFee)]
}
