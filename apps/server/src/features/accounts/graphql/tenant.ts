import { scopeOf, type Tenant, type Viewer } from '@tollgate/accounts'
import { isAccessToken } from '../../../graphql/plugins/access-tokens.ts'
import { requireScope } from '../../../graphql/authorize.ts'
import { MetadataRuleRef } from './metadata-rule.ts'
import { builder } from '../../../graphql/builder.ts'

/** A tenant. Ids are loaded in batches. */
export const TenantRef = builder.loadableNodeRef('Tenant', {
  id: { resolve: (tenant: Tenant) => tenant.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<Tenant[]> => {
    if (!ids.every(id => isOwnTenant(viewer, id))) requireScope(viewer, 'tenants:read')
    return [...(await tollgate.accounts.tenantsByIds(scopeOf(viewer), ids))]
  },
  sort: tenant => tenant.id,
})

builder.objectType(TenantRef, {
  name: 'Tenant',
  description: 'The account that is isolated, limited and billed. Its id is chosen by the operator: "acme".',
  fields: t => ({
    name: t.exposeString('name', { description: 'Display name.' }),
    tier: t.exposeString('tier', { nullable: true, description: 'The plan of quotas and charges that the tenant is on. Null means none.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone in which its days and months start.' }),
    currency: t.exposeString('currency', { description: 'ISO 4217 code of the currency that it is charged in.' }),
    billingAnchorDay: t.exposeInt('billingAnchorDay', {
      description: 'Day of the month on which its billing periods start. In shorter months, the last day.',
    }),
    metadataRules: t.field({
      type: [MetadataRuleRef],
      description: 'What happens to the metadata of its events before they are stored.',
      resolve: ({ metadataRules }) => [...metadataRules],
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the tenant was created.' }),
  }),
})

/** Whether it is the tenant of the viewer, which the viewer may always read: its name, time zone and currency are on every page. Customers may not. */
function isOwnTenant(viewer: Viewer, id: string): boolean {
  return viewer.kind === 'tenant' && viewer.tenantId === id && !(isAccessToken(viewer) && viewer.accessToken.customerId !== null)
}
