import type { Decimal } from '@tollgate/kernel'
import type { Fields, ListSize } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral, type NumeralBounds, QUANTITY } from '../numbers/numeral.ts'

/**
 * One tier. It contains the units above `from`, up to and including the next tier's `from`, so that every unit and every
 * fraction of one falls in exactly one tier. The last tier has no end.
 */
export interface Tier {
  readonly from: Decimal
  /** For each unit. */
  readonly unitPrice: Decimal
  /** Charged once if the tier applies. */
  readonly flatFee: Decimal | undefined
}

/** Input of a tier. */
export interface TierDraft {
  readonly from: Numeral
  readonly unitPrice: Numeral
  readonly flatFee?: Numeral | null | undefined
}

const TIERS: ListSize = { min: 1, max: 100 }

/** Reads the tiers of a price. */
export function readTiers(fields: Fields): readonly Tier[] {
  return readSteps(fields, QUANTITY, tier => ({
    from: tier.numeral('from', QUANTITY),
    unitPrice: tier.numeral('unitPrice', AMOUNT),
    flatFee: tier.optionalNumeral('flatFee', AMOUNT),
  }))
}

/** Reads a list `tiers` that starts at 0 and ascends, so that every value falls in exactly one tier. */
export function readSteps<Step extends { readonly from: Decimal }>(fields: Fields, bounds: NumeralBounds, read: (fields: Fields) => Step): readonly Step[] {
  const steps = fields.list('tiers', TIERS, read)
  steps.forEach(({ from }, position) => {
    const previous = steps[position - 1]
    if (previous === undefined && !from.isZero()) fields.addIssue(`tiers.${position}.from`, 'must be 0 in the first tier')
    if (previous !== undefined && from.lte(previous.from)) {
      fields.addIssue(
        `tiers.${position}.from`,
        `must be greater than ${previous.from.toFixed()}, where the previous tier starts, and at most ${String(bounds.to)}`,
      )
    }
  })
  return steps
}

/** Returns the name of a tier: "tier 2 (above 1000, up to 5000)". */
export function nameTier(tiers: readonly { readonly from: Decimal }[], position: number): string {
  const from = tiers[position]?.from.toFixed() ?? '0'
  const upTo = tiers[position + 1]?.from.toFixed()
  return `tier ${position + 1} (above ${from}${upTo === undefined ? '' : `, up to ${upTo}`})`
}
