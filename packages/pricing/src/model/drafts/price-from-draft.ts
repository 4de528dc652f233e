import { type Decimal, type Temporal, toMicrosecond } from '@tollgate/kernel'
import { canonicalProvider } from '../names/canonical-provider.ts'
import { draftRates } from './draft-rates.ts'
import { withoutPrefixes } from '../names/model-name-forms.ts'
import type { Price, TimeOfDay } from '../price.ts'
import type { ExactPriceDraft, TimeOfDayDraft, UnitPriceDraft } from './price-draft.ts'
import { canonicalRegion, canonicalSpeed } from '../served-as.ts'
import type { UnitPrice } from '../unit-price.ts'

/** Returns the price that a valid draft is published as, under canonical names. */
export function priceFromDraft(draft: ExactPriceDraft, { id, publishedAt }: { readonly id: string; readonly publishedAt: Temporal.Instant }): Price {
  const tenantId = draft.tenantId ?? null
  const provider = canonicalProvider(draft.provider)
  const model = withoutPrefixes([provider], draft.model)
  const speed = canonicalSpeed(draft.speed ?? '')
  const region = canonicalRegion(draft.region ?? '')
  return {
    id,
    source: tenantId === null ? 'custom' : 'tenant',
    tenantId,
    provider,
    model,
    // A lookup finds dated versions by trying shorter names. A variant such as "-mini" is another model.
    match: { equals: model },
    ...(draft.serviceTier && draft.serviceTier !== 'standard' && { serviceTier: draft.serviceTier }),
    ...(speed !== undefined && { speed }),
    ...(region !== undefined && { region }),
    from: toMicrosecond(draft.from),
    to: draft.to ? toMicrosecond(draft.to) : null,
    timeOfDay: draft.timeOfDay ? timeOfDayOf(draft.timeOfDay) : null,
    perMillionTokens: draftRates(draft),
    ...(draft.marginalSteps && { marginalSteps: true as const }),
    perRequest: draft.perRequest ?? null,
    ...(draft.units && draft.units.length > 0 && { units: draft.units.map(unitPriceOf) }),
    publishedAt: toMicrosecond(publishedAt),
  }
}

function timeOfDayOf({ from, to, weekdays }: TimeOfDayDraft): TimeOfDay {
  const seconds = (time: string) => (time.length === 5 ? `${time}:00` : time)
  return { from: seconds(from), to: seconds(to), ...(weekdays && { weekdays: weekdays.toSorted((a, b) => a - b) }) }
}

function unitPriceOf({ kind, variant, price, per }: UnitPriceDraft<Decimal>): UnitPrice {
  return { kind, ...(typeof variant === 'string' && { variant }), price, ...(typeof per === 'number' && per !== 1 && { per }) }
}
