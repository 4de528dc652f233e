import type { LatencySummary, UsageMeasures } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { averageCostPerCall, errorRate } from './measure-ratios.ts'
import { TokenTotalsRef } from './token-totals.ts'

const LatencySummaryRef = builder.objectRef<LatencySummary>('LatencySummary').implement({
  description: 'Latencies in milliseconds, of the events that had one. Percentiles are within 1 % of the true value.',
  fields: t => ({
    average: t.exposeFloat('averageMs', { description: 'The mean.' }),
    p50: t.exposeFloat('p50Ms', { description: 'Half of the events stay within this: the median.' }),
    p95: t.exposeFloat('p95Ms', { description: '95 % of the events stay within this.' }),
    p99: t.exposeFloat('p99Ms', { description: '99 % of the events stay within this.' }),
  }),
})

/** What usage adds up to. */
export const UsageMeasuresRef = builder.objectRef<UsageMeasures>('UsageMeasures').implement({
  description: 'What usage adds up to. Exact, and up to date: events are in it as soon as they are acknowledged.',
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Events.' }),
    successes: t.expose('successes', { type: 'SafeInt', description: 'Events that succeeded.' }),
    failures: t.expose('failures', { type: 'SafeInt', description: 'Events that failed.' }),
    rateLimited: t.expose('rateLimited', { type: 'SafeInt', description: 'Events that were refused because of a limit.' }),
    errorRate: t.float({
      description: 'The share of events that did not succeed, from 0 to 1; 0 where there are none.',
      resolve: measures => errorRate(measures),
    }),
    tokens: t.expose('tokens', { type: TokenTotalsRef, description: 'Tokens by pool.' }),
    cost: t.expose('cost', { type: 'Decimal', description: 'USD. What has no price adds nothing: see `unpricedCalls`.' }),
    averageCostPerCall: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'USD for an event, over those that are not unpriced, rounded half-even to 12 decimals; null where there are none.',
      resolve: measures => averageCostPerCall(measures),
    }),
    unpricedCalls: t.expose('unpricedCalls', {
      type: 'SafeInt',
      description: 'Events whose model no price is known for. While there are any, `cost` is too low.',
    }),
    customers: t.expose('customers', { type: 'SafeInt', description: 'Distinct customers.' }),
    latencyMs: t.expose('latency', { type: LatencySummaryRef, nullable: true, description: 'Latencies; null where no event had one.' }),
  }),
})
