import { type Temporal, toMicrosecond } from '@tollgate/kernel'
import { draftRates } from './draft-rates.ts'
import { withoutPrefixes } from './model-name-forms.ts'
import { canonicalProvider } from './canonical-provider.ts'
import type { Price } from './price.ts'
import type { PriceDraft } from './price-draft.ts'

/** The price that a checked draft is published as, under the names that prices are kept by. */
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
    // Its dated versions are found by the names that a lookup tries; a variant such as "-mini" is another model.
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
