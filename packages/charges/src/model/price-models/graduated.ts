import { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { chargeOnce, chargeUnits, type PricedLine } from './priced-line.ts'
import { nameTier, readTiers, type Tier, type TierDraft } from './tiers.ts'

/** Each unit costs the price of the tier that it falls in, as with income tax. Also called tiered. */
export interface Graduated {
  readonly kind: 'graduated'
  readonly tiers: readonly Tier[]
}

/** Input of a graduated price. Tiers start at 0 and ascend. */
export interface GraduatedDraft {
  readonly kind: 'graduated'
  readonly tiers: readonly TierDraft[]
}

/** Reads a graduated price. */
export function readGraduated(fields: Fields): Graduated {
  return { kind: 'graduated', tiers: readTiers(fields) }
}

/** Splits the quantity over the tiers. The flat fee of a tier is due if any part of a unit falls in it. */
export function priceGraduated(quantity: Decimal, { tiers }: Graduated): readonly PricedLine[] {
  return tiers.flatMap((tier, position) => {
    const upTo = tiers[position + 1]?.from ?? quantity
    const units = Decimal.min(quantity, upTo).minus(tier.from)
    if (units.lte(0)) return []
    const label = nameTier(tiers, position)
    const line = chargeUnits(label, units, tier.unitPrice)
    return tier.flatFee === undefined ? [line] : [line, chargeOnce(`${label}: flat fee`, tier.flatFee)]
  })
}
