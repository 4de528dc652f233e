import type { Grace, LeaseTerms, QuotaPolicy } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { DimensionRef } from '../../usage/graphql/usage-enums.ts'
import { QuotaEnforcementRef, QuotaMetricRef, QuotaOtherwiseRef, QuotaSourceRef, QuotaWindowRef } from './quota-enums.ts'

const QuotaGraceRef = builder.objectRef<Grace>('QuotaGrace').implement({
  description: 'How far over the limit usage may go. One of the two.',
  fields: t => ({
    percent: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'In percent of the limit.',
      resolve: grace => ('percent' in grace ? grace.percent : null),
    }),
    amount: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'In units of the metric.',
      resolve: grace => ('amount' in grace ? grace.amount : null),
    }),
  }),
})

const QuotaLeaseRef = builder.objectRef<LeaseTerms>('QuotaLease').implement({
  description: 'How servers take headroom ahead, in chunks, to spend it without asking the database.',
  fields: t => ({ ttlSeconds: t.exposeInt('ttlSeconds', { description: 'For how long a server that is heard of no more keeps what it took.' }) }),
})

/** A limit, as it was set down. */
export const QuotaPolicyRef = builder.objectRef<QuotaPolicy>('QuotaPolicy').implement({
  description: 'A limit on a metric over a window, for a tenant or for each value of some dimensions in it.',
  fields: t => ({
    id: t.exposeString('id', { description: 'Names it, in alerts too: "plan:pro:tokens/day//".' }),
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'What is limited.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The one operation that is limited; null for all of them.' }),
    window: t.expose('window', { type: QuotaWindowRef, description: 'Over how long it counts.' }),
    sliding: t.exposeBoolean('sliding', {
      description: 'Whether it counts the last minute, hour, day or week at any moment, in place of those of the calendar.',
    }),
    scope: t.field({
      type: [DimensionRef],
      description: 'Each combination of values of these has the limit for itself; empty: the tenant as a whole.',
      resolve: ({ scope }) => [...scope],
    }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: 'In units of the metric (USD for cost); null is unlimited.' }),
    enforcement: t.expose('enforcement', { type: QuotaEnforcementRef, description: 'What happens at the limit.' }),
    grace: t.expose('grace', { type: QuotaGraceRef, nullable: true, description: 'How far over the limit usage may go; null where it may not.' }),
    alertAt: t.field({ type: ['Decimal'], description: 'Percent of the limit at which alerts are raised.', resolve: ({ alertAt }) => [...alertAt] }),
    largestHold: t.expose('largestHold', {
      type: 'Decimal',
      nullable: true,
      description: 'The most that one reservation may hold; null: as much as there is.',
    }),
    unknownAmount: t.expose('unknownAmount', { type: QuotaOtherwiseRef, description: 'What becomes of a request for an unknown amount.' }),
    storeFailure: t.expose('storeFailure', { type: QuotaOtherwiseRef, description: 'What becomes of requests while the database does not answer.' }),
    lease: t.expose('lease', { type: QuotaLeaseRef, nullable: true, description: 'How servers take headroom ahead; null where they do not.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime', nullable: true, description: 'From when it holds; null: from ever.' }),
    validTo: t.expose('validTo', { type: 'DateTime', nullable: true, description: 'The first instant at which it holds no more; null: for ever.' }),
    source: t.expose('source', { type: QuotaSourceRef, description: 'Where it comes from.' }),
    setBy: t.string({
      nullable: true,
      description: 'Who set it: the id of an API key, or a name. For operators; null for others.',
      resolve: ({ setBy }, _args, { viewer }) => (viewer.kind === 'operator' ? setBy : null),
    }),
  }),
})
