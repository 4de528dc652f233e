import { checkPageSize } from '@tollgate/kernel'
import { type ChangeTotals, costDifference, type EventChange, type PeriodChanges, type RatingChanges, SAMPLED_CHANGES } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { UsageEventRef } from '../../usage/graphql/usage-event.ts'
import { EventRatingRef } from './event-rating.ts'

const ChangeTotalsRef = builder.objectRef<ChangeTotals>('RatingChangeTotals').implement({
  description: 'Totals over the events whose rating changes.',
  fields: t => ({
    events: t.expose('events', { type: 'SafeInt', description: 'Number of events that change.' }),
    newlyPriced: t.expose('newlyPriced', { type: 'SafeInt', description: 'Number of events that were unpriced and get a cost.' }),
    newlyUnpriced: t.expose('newlyUnpriced', { type: 'SafeInt', description: 'Number of events that had a cost and become unpriced.' }),
    oldCost: t.expose('oldCost', { type: 'Decimal', description: 'Total cost before, in USD.' }),
    newCost: t.expose('newCost', { type: 'Decimal', description: 'Total cost after, in USD.' }),
    difference: t.field({ type: 'Decimal', description: 'New cost minus old cost, in USD. Negative if the cost falls.', resolve: costDifference }),
  }),
})

const PeriodChangesRef = builder.objectRef<PeriodChanges>('RatingPeriodChanges').implement({
  description: 'Changes for one tenant in one calendar month (UTC): the month in which the events occurred.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'Tenant of the events.', resolve: ({ tenantId }) => tenantId }),
    month: t.exposeString('month', { description: 'Month, such as "2026-11".' }),
    totals: t.field({ type: ChangeTotalsRef, description: 'Totals for the tenant and month.', resolve: period => period }),
  }),
})

const EventChangeRef = builder.objectRef<EventChange>('EventRatingChange').implement({
  description: 'Change of the rating of one event.',
  fields: t => ({
    event: t.field({
      type: UsageEventRef,
      nullable: true,
      description: 'The event. Null if it was deleted since, by retention.',
      resolve: ({ eventId }) => eventId,
    }),
    from: t.expose('from', { type: EventRatingRef, description: 'Rating before.' }),
    to: t.expose('to', { type: EventRatingRef, description: 'Rating with the current prices, at the time of the event.' }),
  }),
})

const periodComplexity = pageComplexity(PAGES.ratingPeriods)

/** The changes that a rating run made, or that its preview would make. */
export const RatingChangesRef = builder.objectRef<RatingChanges>('RatingChanges').implement({
  description: 'Changes that rating past events again makes.',
  fields: t => ({
    totals: t.expose('totals', { type: ChangeTotalsRef, description: 'Totals over all changed events.' }),
    periods: t.field({
      type: [PeriodChangesRef],
      complexity: periodComplexity,
      description: 'Changes by tenant and month, in that order. Months without changes are not listed.',
      args: { first: t.arg.int({ defaultValue: PAGES.ratingPeriods.default, description: `Maximum number of items, 1 to ${PAGES.ratingPeriods.max}.` }) },
      resolve: ({ periods }, { first }) => periods.slice(0, checkPageSize(first, PAGES.ratingPeriods)),
    }),
    sample: t.field({
      type: [EventChangeRef],
      complexity: { field: 1, multiplier: SAMPLED_CHANGES },
      description: `Up to ${SAMPLED_CHANGES} events whose cost changes most, up or down.`,
      resolve: ({ sample }) => [...sample],
    }),
  }),
})
