import { scopeOf } from '@tollgate/accounts'
import type { Alert, AlertState } from '@tollgate/alerts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { AlertKindRef, AlertScopeRef, AlertStateRef } from './alert-enums.ts'

/** An alert; wherever an id is resolved, they are loaded together. */
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
  description: 'Something that was too much, from when to when. Of a kind and a tenant, at most one is raised at any time.',
  fields: t => ({
    kind: t.expose('kind', { type: AlertKindRef, description: 'What it is about.' }),
    scope: t.expose('scope', { type: AlertScopeRef, description: 'Whether it is about one tenant, or all as one.' }),
    tenant: t.field({ type: TenantRef, nullable: true, description: 'Whose usage it is about; null for all as one.', resolve: ({ tenantId }) => tenantId }),
    state: t.field({
      type: AlertStateRef,
      description: 'Whether it is raised still.',
      resolve: ({ recoveredAt }): AlertState => (recoveredAt === null ? 'RAISED' : 'RECOVERED'),
    }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime', description: 'The evaluation that raised it.' }),
    recoveredAt: t.expose('recoveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The evaluation after which it had recovered; null while it is raised.',
    }),
    value: t.expose('value', { type: 'Decimal', description: 'Of the last evaluation that had anything to look at, in the unit of the kind.' }),
    threshold: t.expose('threshold', { type: 'Decimal', description: 'What the value was held against when it was raised.' }),
    message: t.exposeString('message', { description: 'Why it was raised, in a sentence for people.' }),
    details: t.expose('details', { type: 'JSON', description: 'What the value was made of when it was raised; what is in it depends on the kind.' }),
  }),
})
