import type { TokenPool } from '@tollgate/tokens'
import type { PoolRates } from '../price.ts'
import type { DraftRates, PriceDraft } from '../price-draft.ts'

/**
 * The draft with the rates that a list has no way to say as they are now. Without them a list that knows one rate for
 * cache writes would lower what an hour's write costs to that of 5 minutes, and not mean it.
 */
export function keepUnsaidRates(draft: PriceDraft, { unsaid, current }: { readonly unsaid: readonly TokenPool[]; readonly current: PoolRates }): PriceDraft {
  const perMillionTokens = { ...draft.perMillionTokens }
  const steps = new Map<number, DraftRates>((draft.contextSteps ?? []).map(step => [step.above, step.perMillionTokens]))
  for (const pool of unsaid) {
    const rate = current[pool]
    if (!rate || perMillionTokens[pool]) continue
    perMillionTokens[pool] = rate.base
    for (const step of rate.steps) steps.set(step.above, { ...steps.get(step.above), [pool]: step.rate })
  }
  if (steps.size === 0) return { ...draft, perMillionTokens }
  return { ...draft, perMillionTokens, contextSteps: [...steps].map(([above, rates]) => ({ above, perMillionTokens: rates })) }
}
