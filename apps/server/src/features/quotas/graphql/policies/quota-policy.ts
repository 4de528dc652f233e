import type { Grace, LeaseTerms, QuotaPolicy } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { QuotaEnforcementRef, QuotaFailureModeRef, QuotaMetricRef, QuotaSourceRef, QuotaWindowRef } from './policy-enums.ts'

const QuotaGraceRef = builder.objectRef<Grace>('QuotaGrace').implement({
  description: 'How far usage may go over the limit. One of the fields is set.',
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
  description: 'Leases let each server take part of the limit in advance and count against it without the database.',
  fields: t => ({ ttlSeconds: t.exposeInt('ttlSeconds', { description: 'How long a server that stopped responding keeps its lease, in seconds.' }) }),
})

/** A limit on a metric over a window. */
export const QuotaPolicyRef = builder.objectRef<QuotaPolicy>('QuotaPolicy').implement({
  description: 'A limit on a metric over a window, for a whole tenant or for each value of some dimensions.',
  fields: t => ({
    id: t.exposeString('id', { description: 'Identifies the policy, also in alerts: "plan:pro:tokens/day//".' }),
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'The limited metric.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The limited operation. Null means all operations.' }),
    window: t.expose('window', { type: QuotaWindowRef, description: 'The period that usage is counted over.' }),
    sliding: t.exposeBoolean('sliding', {
      description: 'Whether the window slides: it always covers the last minute, hour, day or week. Otherwise, it is a calendar window.',
    }),
    scope: t.field({
      type: [DimensionRef],
      description: 'The dimensions that the limit applies to: each combination of their values has its own. Empty means one limit for the whole tenant.',
      resolve: ({ scope }) => [...scope],
    }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: 'In units of the metric (USD for cost). Null means unlimited.' }),
    enforcement: t.expose('enforcement', { type: QuotaEnforcementRef, description: 'What happens at the limit.' }),
    grace: t.expose('grace', { type: QuotaGraceRef, nullable: true, description: 'How far usage may go over the limit. Null unless enforcement is GRACE.' }),
    alertAt: t.field({ type: ['Decimal'], description: 'Alert thresholds, in percent of the limit.', resolve: ({ alertAt }) => [...alertAt] }),
    largestHold: t.expose('largestHold', { type: 'Decimal', nullable: true, description: 'The most that one reservation may hold. Null means no maximum.' }),
    unknownAmount: t.expose('unknownAmount', { type: QuotaFailureModeRef, description: 'What happens to a request whose amount is unknown.' }),
    storeFailure: t.expose('storeFailure', { type: QuotaFailureModeRef, description: 'What happens to requests while the database does not answer.' }),
    lease: t.expose('lease', { type: QuotaLeaseRef, nullable: true, description: 'Terms of leases. Null means that servers take no leases.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime', nullable: true, description: 'When the policy starts to apply. Null means that it always has.' }),
    validTo: t.expose('validTo', { type: 'DateTime', nullable: true, description: 'When the policy ends, exclusive. Null means never.' }),
    source: t.expose('source', { type: QuotaSourceRef, description: 'Where the policy comes from.' }),
    setBy: t.string({
      nullable: true,
      description: 'Who set the policy: the id of an API key, or a name. Visible to operators; null for others.',
      resolve: ({ setBy }, _args, { viewer }) => (viewer.kind === 'operator' ? setBy : null),
    }),
  }),
})
