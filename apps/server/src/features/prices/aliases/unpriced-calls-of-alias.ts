import { type Clock, OPERATOR_SCOPE, type Period, period, Temporal, tenantScope, toMicrosecond } from '@tollgate/kernel'
import { aliasKey, type ModelAlias } from '@tollgate/pricing'
import type { RatingSelectionDraft, Usage } from '@tollgate/usage'

/** Past calls of an alias that have no price. */
export interface UnpricedCalls {
  readonly calls: number
  /** What a rating run must select to rate them. Undefined if there are none. */
  readonly selection: RatingSelectionDraft | undefined
}

/** Maximum number of unpriced models in which calls of the alias are looked for. Those with the most calls come first. */
const MAX_MODELS = 1_000

/** Finds past calls of an alias that have no price, and that a rating run may price by it. */
export async function unpricedCallsOfAlias(
  { usage, clock }: { readonly usage: Pick<Usage, 'unpriced'>; readonly clock: Clock },
  alias: ModelAlias,
): Promise<UnpricedCalls> {
  const range = pastRange(alias, clock)
  if (range === undefined) return { calls: 0, selection: undefined }
  const { tenantId, provider, name } = alias
  const groups = await usage.unpriced(tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId), { range, first: MAX_MODELS })
  const ofAlias = groups.flatMap(({ key, measures }) => {
    const [called, model] = ['provider', 'model'].map(wanted => key.find(({ dimension }) => dimension === wanted)?.value)
    if (typeof called !== 'string' || typeof model !== 'string' || aliasKey(called, model) !== aliasKey(provider, name)) return []
    return [{ provider: called, model, calls: measures.unpricedCalls }]
  })
  const [first, ...others] = ofAlias
  if (first === undefined) return { calls: 0, selection: undefined }
  // A run selects names as sent. If clients send several, it selects all unpriced events, of which it corrects those with a price.
  const names = others.length === 0 ? { provider: first.provider, model: first.model } : {}
  return {
    calls: ofAlias.reduce((sum, { calls }) => sum + calls, 0),
    selection: { range, tenantId, unpricedOnly: true, ...names },
  }
}

/** The past part of the interval of an alias. */
function pastRange({ from, to }: ModelAlias, clock: Clock): Period | undefined {
  // One microsecond more, so that the half-open range includes events of this instant.
  const now = toMicrosecond(clock.now()).add({ microseconds: 1 })
  const start = from ?? Temporal.Instant.fromEpochMilliseconds(0)
  const end = to !== null && Temporal.Instant.compare(to, now) < 0 ? to : now
  return Temporal.Instant.compare(start, end) < 0 ? period(start, end) : undefined
}
