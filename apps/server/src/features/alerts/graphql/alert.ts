import { scopeOf } from '@tollgate/accounts'
import type { Alert, AlertState } from '@tollgate/alerts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { AlertKindRef, AlertScopeRef, AlertStateRef } from './alert-enums.ts'

/** GraphQL type `Alert`. Ids in one request are loaded together. */
export const AlertRef = builder.loadableNodeRef('Alert', {
  id: { resolve: (alert: Alert) => alert.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<Alert[]> => {
    requireScope(viewer, 'usage:read')
    return [...(await tollgate.alerts.alertsByIds(scopeOf(viewer), ids))]
  },
  sort: alert => alert.id,
})

builder.objectType(AlertRef, {
  name: 'Alert',
  description: 'A problem from the time it was raised until it recovered. A rule has at most one raised alert for each tenant at any time.',
  fields: t => ({
    kind: t.expose('kind', { type: AlertKindRef, description: 'What the alert is about.' }),
    scope: t.expose('scope', { type: AlertScopeRef, description: 'Whether the alert is about one tenant or all tenants together.' }),
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'The tenant. Null if the alert is about all tenants together.',
      resolve: ({ tenantId }) => tenantId,
    }),
    state: t.field({
      type: AlertStateRef,
      description: 'Whether the alert is raised or has recovered.',
      resolve: ({ recoveredAt }): AlertState => (recoveredAt === null ? 'RAISED' : 'RECOVERED'),
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime', description: 'Time of the evaluation that raised it.' }),
    recoveredAt: t.expose('recoveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the evaluation at which it recovered. Null while it is raised.',
    }),
    value: t.expose('value', { type: 'Decimal', description: 'Value of the last evaluation that had data, in the unit of the kind.' }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'Threshold when the alert was raised.' }),
    message: t.exposeString('message', { description: 'Why the alert was raised, in one sentence.' }),
    details: t.expose('details', { type: 'JSON', description: 'What the value consisted of when the alert was raised. The fields depend on the kind.' }),
  }),
})
