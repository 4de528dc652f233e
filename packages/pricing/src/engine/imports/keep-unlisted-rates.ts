import type { Decimal } from '@tollgate/kernel'
import type { Price } from '../../model/price.ts'
import type { DraftRates, ExactPriceDraft } from '../../model/drafts/price-draft.ts'
import type { UnlistedRate } from '../../model/imports/price-list.ts'

/**
 * Copies rates that the format of a list has no field for from the current price to a draft. Otherwise a list without
 * 1-hour cache writes would lower their rate to that of 5-minute writes, and a list without request charges would remove them.
 */
export function keepUnlistedRates(
  draft: ExactPriceDraft,
  { unlisted, current }: { readonly unlisted: readonly UnlistedRate[]; readonly current: Price },
): ExactPriceDraft {
  const perRequest = unlisted.includes('request') ? (draft.perRequest ?? current.perRequest) : draft.perRequest
  const units = unlisted.includes('units') ? keepUnits(draft, current) : draft.units
  const perMillionTokens = { ...draft.perMillionTokens }
  const steps = new Map<number, DraftRates<Decimal>>((draft.contextSteps ?? []).map(step => [step.above, step.perMillionTokens]))
  for (const pool of unlisted) {
    if (pool === 'request' || pool === 'units') continue
    const rate = current.perMillionTokens[pool]
    if (!rate || perMillionTokens[pool]) continue
    perMillionTokens[pool] = rate.base
    for (const step of rate.steps) steps.set(step.above, { ...steps.get(step.above), [pool]: step.rate })
  }
  if (steps.size === 0) return { ...draft, perRequest, units, perMillionTokens }
  return { ...draft, perRequest, units, perMillionTokens, contextSteps: [...steps].map(([above, rates]) => ({ above, perMillionTokens: rates })) }
}

/** Adds the current prices of kinds of units for which the list has none. */
function keepUnits({ units: listed }: ExactPriceDraft, { units: current = [] }: Price): ExactPriceDraft['units'] {
  const kinds = new Set((listed ?? []).map(({ kind }) => kind))
  return [...(listed ?? []), ...current.filter(({ kind }) => !kinds.has(kind))]
}
