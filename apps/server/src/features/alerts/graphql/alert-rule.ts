import type { AlertRule, TenantThreshold } from '@tollgate/alerts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { AlertKindRef, AlertScopeRef } from './alert-enums.ts'

const TenantThresholdRef = builder.objectRef<TenantThreshold>('AlertTenantThreshold').implement({
  description: "A threshold of one tenant's own.",
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose.', resolve: ({ tenantId }) => tenantId }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'In place of the threshold of the rule.' }),
  }),
})

/** When to raise an alert, and when it has recovered. */
export const AlertRuleRef = builder.objectRef<AlertRule>('AlertRule').implement({
  description: 'When an alert is raised, and when it has recovered. There is one of each kind and scope that make sense together.',
  fields: t => ({
    kind: t.expose('kind', { type: AlertKindRef, description: 'What it is about.' }),
    scope: t.expose('scope', { type: AlertScopeRef, description: 'Each tenant for itself, or all as one.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it is evaluated.' }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'Above it is too much; in the unit of the kind.' }),
    recoverRatio: t.expose('recoverRatio', {
      type: 'Decimal',
      description: 'At or below this part of the threshold is calm. Between the two, an alert stays as it is.',
    }),
    windowMinutes: t.exposeInt('windowMinutes', { description: 'How far back an evaluation looks, in minutes.' }),
    minimumCalls: t.exposeInt('minimumCalls', {
      nullable: true,
      description: 'Fewer calls in the window raise nothing; null for kinds that do not look at calls.',
    }),
    raiseAfter: t.exposeInt('raiseAfter', { description: 'Evaluations in a row above the threshold that raise an alert.' }),
    recoverAfter: t.exposeInt('recoverAfter', { description: 'Calm evaluations in a row after which it has recovered.' }),
    tenantThresholds: t.expose('tenantThresholds', { type: [TenantThresholdRef], description: 'Thresholds of single tenants; up to 1,000.' }),
    changedAt: t.expose('changedAt', { type: 'DateTime', nullable: true, description: 'When it was changed last; null where it is as it was shipped.' }),
    evaluatedAt: t.expose('evaluatedAt', { type: 'DateTime', nullable: true, description: 'What it was evaluated for last; null where it was not yet.' }),
  }),
})
