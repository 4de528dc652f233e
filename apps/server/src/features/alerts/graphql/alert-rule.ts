import type { AlertRule, TenantThreshold } from '@tollgate/alerts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { AlertKindRef, AlertScopeRef } from './alert-enums.ts'

const TenantThresholdRef = builder.objectRef<TenantThreshold>('AlertTenantThreshold').implement({
  description: 'A threshold for one tenant.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant.', resolve: ({ tenantId }) => tenantId }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'Replaces the threshold of the rule for this tenant.' }),
  }),
})

/** GraphQL type `AlertRule`. */
export const AlertRuleRef = builder.objectRef<AlertRule>('AlertRule').implement({
  description: 'When an alert is raised and when it recovers. There is one rule for each supported combination of kind and scope.',
  fields: t => ({
    kind: t.expose('kind', { type: AlertKindRef, description: 'What the rule watches.' }),
    scope: t.expose('scope', { type: AlertScopeRef, description: 'Each tenant on its own, or all tenants together.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether the rule is evaluated.' }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'A value above it counts towards raising an alert. In the unit of the kind.' }),
    recoverRatio: t.expose('recoverRatio', {
      type: 'Decimal',
      description: 'A value at or below `threshold × recoverRatio` counts towards recovery. Values in between change nothing.',
    }),
    windowMinutes: t.exposeInt('windowMinutes', { description: 'Length of the window that an evaluation looks at, in minutes.' }),
    minimumCalls: t.exposeInt('minimumCalls', {
      nullable: true,
      description: 'Fewer calls in the window never raise an alert. Null for kinds that do not measure calls.',
    }),
    raiseAfter: t.exposeInt('raiseAfter', { description: 'Consecutive evaluations above the threshold that raise an alert.' }),
    recoverAfter: t.exposeInt('recoverAfter', { description: 'Consecutive evaluations at or below the recovery level after which an alert recovers.' }),
    tenantThresholds: t.expose('tenantThresholds', { type: [TenantThresholdRef], description: 'Thresholds of individual tenants, up to 1,000.' }),
    changedAt: t.expose('changedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the last change. Null if the rule still has its default values.',
    }),
    evaluatedAt: t.expose('evaluatedAt', { type: 'DateTime', nullable: true, description: 'Instant of the last evaluation. Null if there was none.' }),
  }),
})
