import type { Price } from '../../model/price.ts'
import type { DraftRates, PriceDraft } from '../../model/price-draft.ts'
import type { UnlistedRate } from '../../model/price-list.ts'

/**
 * The draft with the rates that a list has no way to say as they are now. Without them a list that knows one rate for
 * cache writes would lower what an hour's write costs to that of 5 minutes, and one that knows no fees for requests
 * would drop them, and not mean it.
 */
export function keepUnlistedRates(
  draft: PriceDraft,
  { unlisted, current }: { readonly unlisted: readonly UnlistedRate[]; readonly current: Price },
): PriceDraft {
  const perRequest = unlisted.includes('request') ? (draft.perRequest ?? current.perRequest) : draft.perRequest
  const perMillionTokens = { ...draft.perMillionTokens }
  const steps = new Map<number, DraftRates>((draft.contextSteps ?? []).map(step => [step.above, step.perMillionTokens]))
  for (const pool of unlisted) {
    if (pool === 'request') continue
    const rate = current.perMillionTokens[pool]
    if (!rate || perMillionTokens[pool]) continue
    perMillionTokens[pool] = rate.base
    for (const step of rate.steps) steps.set(step.above, { ...steps.get(step.above), [pool]: step.rate })
  }
  if (steps.size === 0) return { ...draft, perRequest, perMillionTokens }
  return { ...draft, perRequest, perMillionTokens, contextSteps: [...steps].map(([above, rates]) => ({ above, perMillionTokens: rates })) }
}
