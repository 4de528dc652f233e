import { type Temporal, toMicrosecond } from '@tollgate/kernel'
import { canonicalProvider } from './canonical-provider.ts'
import { draftRates } from './draft-rates.ts'
import { withoutPrefixes } from './model-name-forms.ts'
import type { Price } from './price.ts'
import type { PriceDraft } from './price-draft.ts'

/** Returns the price that a valid draft is published as, under canonical names. */
export function priceFromDraft(draft: PriceDraft, { id, publishedAt }: { readonly id: string; readonly publishedAt: Temporal.Instant }): Price {
  const tenantId = draft.tenantId ?? null
  const provider = canonicalProvider(draft.provider)
  const model = withoutPrefixes([provider], draft.model)
  return {
    id,
    source: tenantId === null ? 'custom' : 'tenant',
    tenantId,
    provider,
    model,
    // A lookup finds dated versions by trying shorter names. A variant such as "-mini" is another model.
    match: { equals: model },
    ...(draft.serviceTier && draft.serviceTier !== 'standard' && { serviceTier: draft.serviceTier }),
    from: toMicrosecond(draft.from),
    to: draft.to ? toMicrosecond(draft.to) : null,
    timeOfDay: null,
    perMillionTokens: draftRates(draft),
    perRequest: draft.perRequest ?? null,
    publishedAt: toMicrosecond(publishedAt),
  }
}
