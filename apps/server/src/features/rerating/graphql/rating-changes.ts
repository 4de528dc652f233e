import { type ChangeTotals, costDifference, type EventChange, type PeriodChanges, type RatingChanges, SAMPLED_CHANGES } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { UsageEventRef } from '../../usage/graphql/usage-event.ts'
import { EventRatingRef } from './event-rating.ts'

const ChangeTotalsRef = builder.objectRef<ChangeTotals>('RatingChangeTotals').implement({
  description: 'How much changes. Costs are those of the events that change, before and after.',
  fields: t => ({
    events: t.expose('events', { type: 'SafeInt', description: 'Events that change.' }),
    newlyPriced: t.expose('newlyPriced', { type: 'SafeInt', description: 'Events that had no price and have one now.' }),
    newlyUnpriced: t.expose('newlyUnpriced', { type: 'SafeInt', description: 'Events that had a price and have none any more.' }),
    oldCost: t.expose('oldCost', { type: 'Decimal', description: 'USD that they cost before.' }),
    newCost: t.expose('newCost', { type: 'Decimal', description: 'USD that they cost after.' }),
    difference: t.field({ type: 'Decimal', description: 'USD that they cost more than before; negative where less.', resolve: costDifference }),
  }),
})

const PeriodChangesRef = builder.objectRef<PeriodChanges>('RatingPeriodChanges').implement({
  description: 'What changes for one tenant in one calendar month of UTC: the month of the events, whenever they are corrected.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose events.', resolve: ({ tenantId }) => tenantId }),
    month: t.exposeString('month', { description: 'The month: "2026-11".' }),
    totals: t.field({ type: ChangeTotalsRef, description: 'How much changes.', resolve: period => period }),
  }),
})

const EventChangeRef = builder.objectRef<EventChange>('EventRatingChange').implement({
  description: 'One event that changes.',
  fields: t => ({
    event: t.field({ type: UsageEventRef, nullable: true, description: 'The event; null where it was dropped since.', resolve: ({ eventId }) => eventId }),
    from: t.expose('from', { type: EventRatingRef, description: 'What it was taken to cost.' }),
    to: t.expose('to', { type: EventRatingRef, description: 'What it costs by the prices of now, at its own time.' }),
  }),
})

const periodComplexity = pageComplexity(PAGES.ratingPeriods)

/** What rating again changes. */
export const RatingChangesRef = builder.objectRef<RatingChanges>('RatingChanges').implement({
  description: 'What rating past events again changes.',
  fields: t => ({
    totals: t.expose('totals', { type: ChangeTotalsRef, description: 'All of it together.' }),
    periods: t.field({
      type: [PeriodChangesRef],
      complexity: periodComplexity,
      description: 'By tenant, then month. Those in which nothing changes are left out.',
      args: { first: t.arg.int({ defaultValue: PAGES.ratingPeriods.default, description: `How many, from 1 to ${PAGES.ratingPeriods.max}.` }) },
      resolve: ({ periods }, { first }) => periods.slice(0, checkPageSize(first, PAGES.ratingPeriods)),
    }),
    sample: t.field({
      type: [EventChangeRef],
      complexity: { field: 1, multiplier: SAMPLED_CHANGES },
      description: `The events whose cost changes most, up or down; ${SAMPLED_CHANGES} at the most.`,
      resolve: ({ sample }) => [...sample],
    }),
  }),
})
