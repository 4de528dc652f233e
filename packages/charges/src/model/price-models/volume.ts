import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { chargeOnce, chargeUnits, type PricedLine } from './priced-line.ts'
import { nameTier, readTiers, type Tier, type TierDraft } from './tiers.ts'

/**
 * All units cost the price of the tier that the last one falls in. If a tier is cheaper than the previous one, the first
 * unit in it lowers the whole price, so a larger quantity can cost less.
 */
export interface Volume {
  readonly kind: 'volume'
  readonly tiers: readonly Tier[]
}

/** Input of a volume price. Tiers start at 0 and ascend. */
export interface VolumeDraft {
  readonly kind: 'volume'
  readonly tiers: readonly TierDraft[]
}

/** Reads a volume price. */
export function readVolume(fields: Fields): Volume {
  return { kind: 'volume', tiers: readTiers(fields) }
}

/** Prices the whole quantity by one tier, and adds its flat fee. */
export function priceVolume(quantity: Decimal, { tiers }: Volume): readonly PricedLine[] {
  const position = tiers.findLastIndex(({ from }) => quantity.gt(from))
  const tier = tiers[position]
  if (tier === undefined) return []
  const label = nameTier(tiers, position)
  const line = chargeUnits(label, quantity, tier.unitPrice)
  return tier.flatFee === undefined ? [line] : [line, chargeOnce(`${label}: flat fee`, tier.flatFee)]
}
