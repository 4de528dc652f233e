import { Temporal } from '@tollgate/kernel'
import { defineColumns, instantOrNull } from '@tollgate/postgres'
import { nextChange } from '../../engine/subscriptions/phases.ts'
import type { Subscription, SubscriptionPhase, SubscriptionStatus } from '../../model/subscriptions/subscription.ts'

/** A row of `invoicing.subscriptions`. */
export interface SubscriptionRow {
  readonly tenant_id: string
  readonly id: string
  readonly status: SubscriptionStatus
  readonly currency: string
  readonly anchor_day: number
  readonly time_zone: string
  readonly started_at: string
  readonly trial_ends_at: string | null
  readonly cancels_at: string | null
  readonly ended_at: string | null
  readonly previous_tier: string | null
  readonly phases: readonly PhaseJson[]
  readonly advanced_to: string
  readonly revision: number
}

type PhaseJson = Omit<SubscriptionPhase, 'from' | 'to'> & { readonly from: string; readonly to: string | null }

/** The columns of a subscription. */
export const SUBSCRIPTION_COLUMNS = defineColumns<Subscription>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('id', 'uuid', ({ id }) => id),
  column('status', 'text', ({ status }) => status),
  column('currency', 'text', ({ currency }) => currency),
  column('anchor_day', 'smallint', ({ anchorDay }) => anchorDay),
  column('time_zone', 'text', ({ timeZone }) => timeZone),
  column('started_at', 'timestamptz', ({ startedAt }) => startedAt),
  column('trial_ends_at', 'timestamptz', ({ trialEndsAt }) => trialEndsAt),
  column('cancels_at', 'timestamptz', ({ cancelsAt }) => cancelsAt),
  column('ended_at', 'timestamptz', ({ endedAt }) => endedAt),
  column('previous_tier', 'text', ({ previousTier }) => previousTier),
  column('phases', 'jsonb', ({ phases }) => phases),
  column('advanced_to', 'timestamptz', ({ advancedTo }) => advancedTo),
  column('next_change', 'timestamptz', subscription => nextChange(subscription, subscription.advancedTo)),
  column('revision', 'integer', ({ revision }) => revision),
])

/** Columns that a change can set. */
export const CHANGED_COLUMNS = ['status', 'trial_ends_at', 'cancels_at', 'ended_at', 'phases', 'advanced_to', 'next_change', 'revision'] as const

/** Reads a subscription from its row. */
export function subscriptionOf(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    status: row.status,
    currency: row.currency,
    anchorDay: row.anchor_day,
    timeZone: row.time_zone,
    startedAt: Temporal.Instant.from(row.started_at),
    trialEndsAt: instantOrNull(row.trial_ends_at),
    cancelsAt: instantOrNull(row.cancels_at),
    endedAt: instantOrNull(row.ended_at),
    previousTier: row.previous_tier,
    phases: row.phases.map(({ from, to, ...phase }) => ({ from: Temporal.Instant.from(from), to: instantOrNull(to), ...phase })),
    advancedTo: Temporal.Instant.from(row.advanced_to),
    revision: row.revision,
  }
}
