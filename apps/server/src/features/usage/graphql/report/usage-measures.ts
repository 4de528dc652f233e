import { CHARGE_CURRENCY } from '@tollgate/charges'
import { errorRate, type LatencySummary } from '@tollgate/usage'
import { builder } from '../../../../graphql/builder.ts'
import { roundedAverageCost } from './average-cost.ts'
import { type ChargedMeasures, MAX_CHARGED_TENANTS } from './charged-measures.ts'
import { TokenTotalsRef } from '../token-totals.ts'
import { UnpricedReasonCountRef } from '../unpriced-reason.ts'
import { UsageUnitRef } from '../usage-unit.ts'

const LatencySummaryRef = builder.objectRef<LatencySummary>('LatencySummary').implement({
  description: 'Latencies in milliseconds of the events that have one. Percentiles are within 1 % of the exact value.',
  fields: t => ({
    average: t.exposeFloat('averageMs', { description: 'Mean.' }),
    p50: t.exposeFloat('p50Ms', { description: 'Median.' }),
    p95: t.exposeFloat('p95Ms', { description: '95th percentile.' }),
    p99: t.exposeFloat('p99Ms', { description: '99th percentile.' }),
  }),
})

/** Sums of usage. */
export const UsageMeasuresRef = builder.objectRef<ChargedMeasures>('UsageMeasures').implement({
  description: 'Sums of usage. They are exact, and include an event as soon as it is acknowledged.',
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
    successes: t.expose('successes', { type: 'SafeInt', description: 'Events that succeeded.' }),
    failures: t.expose('failures', { type: 'SafeInt', description: 'Events that failed.' }),
    rateLimited: t.expose('rateLimited', { type: 'SafeInt', description: 'Events that a rate limit refused.' }),
    errorRate: t.float({
      description: 'Share of events that did not succeed, from 0 to 1; 0 if there are no events.',
      resolve: measures => errorRate(measures),
    }),
    tokens: t.expose('tokens', { type: TokenTotalsRef, description: 'Tokens by pool.' }),
    units: t.field({
      type: [UsageUnitRef],
      complexity: { field: 1, multiplier: 5 },
      description: 'What providers bill besides tokens, summed by kind and variant; empty if there is nothing.',
      resolve: ({ units }) => [...units],
    }),
    charge: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What the tenant is charged, in \`currency\`, exact: not rounded. Shares of a total add up to it. Null for usage without a price, for more than ${MAX_CHARGED_TENANTS} tenants together, and with a filter that selects single events, such as by session.`,
      resolve: measures => measures.readCharge?.() ?? null,
    }),
    currency: t.string({
      description:
        'Currency of `charge` and `cost`, as an ISO 4217 code. It is that of prices, for every tenant: invoices convert to the currency of the tenant.',
      resolve: () => CHARGE_CURRENCY,
    }),
    cost: t.expose('cost', {
      type: 'Decimal',
      nullable: true,
      showsCosts: true,
      description: 'What providers charge, in USD. Unpriced events add nothing; see `unpricedCalls`.',
    }),
    averageCostPerCall: t.field({
      type: 'Decimal',
      nullable: true,
      showsCosts: true,
      description: 'Average cost in USD of the events that are not unpriced, rounded half-even to 12 decimals; null if there are none.',
      resolve: measures => roundedAverageCost(measures),
    }),
    unpricedCalls: t.expose('unpricedCalls', {
      type: 'SafeInt',
      description: 'Events without a price, whose cost is unknown. If there are any, `cost` is too low; see `unpricedReasons`.',
    }),
    unpricedReasons: t.field({
      type: [UnpricedReasonCountRef],
      complexity: { field: 1, multiplier: 5 },
      description: 'Unpriced events by reason, most first. Omits events that were recorded before reasons were.',
      resolve: ({ unpricedReasons }) => [...unpricedReasons],
    }),
    customers: t.expose('customers', { type: 'SafeInt', description: 'Number of distinct customers.' }),
    latencyMs: t.expose('latency', { type: LatencySummaryRef, nullable: true, description: 'Latencies; null if no event has one.' }),
  }),
})
