import type { Price } from '../price.ts'
import type { DraftRates, PriceDraft } from '../catalog/price-draft.ts'
import type { UnsaidRate } from './price-list.ts'

/**
 * The draft with the rates that a list has no way to say as they are now. Without them a list that knows one rate for
 * cache writes would lower what an hour's write costs to that of 5 minutes, and one that knows no fees for requests
 * would drop them, and not mean it.
 */
export function keepUnsaidRates(draft: PriceDraft, { unsaid, current }: { readonly unsaid: readonly UnsaidRate[]; readonly current: Price }): PriceDraft {
  const perRequest = unsaid.includes('request') ? (draft.perRequest ?? current.perRequest) : draft.perRequest
  const perMillionTokens = { ...draft.perMillionTokens }
  const steps = new Map<number, DraftRates>((draft.contextSteps ?? []).map(step => [step.above, step.perMillionTokens]))
  for (const pool of unsaid) {
    if (pool === 'request') continue
    const rate = current.perMillionTokens[pool]
    if (!rate || perMillionTokens[pool]) continue
    perMillionTokens[pool] = rate.base
    for (const step of rate.steps) steps.set(step.above, { ...steps.get(step.above), [pool]: step.rate })
  }
  if (steps.size === 0) return { ...draft, perRequest, perMillionTokens }
  return { ...draft, perRequest, perMillionTokens, contextSteps: [...steps].map(([above, rates]) => ({ above, perMillionTokens: rates })) }
}
