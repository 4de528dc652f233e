import { Decimal, Temporal } from '@tollgate/kernel'
import { completeTokenUsage, type TokenUsageInput, type UsageUnit } from '@tollgate/tokens'
import type { ChargedEvent, EventRating } from '../model/usage/charged-event.ts'

/** The fields of an event that matter to a test. Times and numbers are text. */
export interface ChargedEventTraits {
  readonly tenantId?: string
  readonly at?: string
  readonly operation?: string
  readonly provider?: string | null
  readonly model?: string | null
  readonly tokens?: TokenUsageInput | null
  readonly units?: readonly UsageUnit[]
  readonly region?: string
  readonly quantity?: string
  readonly reportedCost?: string
  readonly customer?: string
  readonly feature?: string
  readonly rating?: EventRating
}

/**
 * Builds an event. Defaults to 1,000 input tokens of acme-ai's model "large" for the tenant "acme" in November 2026. It is
 * rated at its reported cost, and unpriced without one. Ids count up.
 */
export function makeChargedEvent(traits: ChargedEventTraits = {}): ChargedEvent {
  count += 1
  const { tenantId = 'acme', at = '2026-11-10T09:00:00Z', operation = 'chat', provider = 'acme-ai', model = 'large', customer, feature } = traits
  const tokens = traits.tokens === null ? null : completeTokenUsage(traits.tokens ?? { input: 1_000 })
  const reportedCost = traits.reportedCost === undefined ? null : new Decimal(traits.reportedCost)
  const dimensions = { tenant: tenantId, operation, status: 'success', provider, model, customer, feature }
  return {
    id: `01900000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    tenantId,
    occurredAt: Temporal.Instant.from(at),
    operation,
    provider,
    model,
    serviceTier: null,
    ...(traits.region !== undefined && { region: traits.region }),
    ...(traits.units && { units: traits.units }),
    tokens,
    quantity: traits.quantity === undefined ? null : new Decimal(traits.quantity),
    reportedCost,
    dimensions: Object.fromEntries(Object.entries(dimensions).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    rating: traits.rating ?? rate(reportedCost, model !== null && tokens !== null),
  }
}

function rate(reportedCost: Decimal | null, usesModel: boolean): EventRating {
  if (reportedCost !== null) return { state: 'reported', cost: reportedCost, priceId: null }
  return { state: usesModel ? 'unpriced' : 'not_applicable', cost: null, priceId: null }
}

let count = 0
