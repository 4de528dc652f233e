import { scopeOf, type Tenant } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'

/** A tenant; wherever an id is resolved, tenants are loaded together. */
export const TenantRef = builder.loadableNodeRef('Tenant', {
  id: { resolve: (tenant: Tenant) => tenant.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<Tenant[]> => {
    requireScope(viewer, 'tenants:read')
    return [...(await tollgate.accounts.tenantsByIds(scopeOf(viewer), ids))]
  },
  sort: tenant => tenant.id,
})

builder.objectType(TenantRef, {
  name: 'Tenant',
  description: 'The account that is isolated, limited and billed. Its id is as its operator chose it: "acme".',
  fields: t => ({
    name: t.exposeString('name', { description: 'What people call it.' }),
    tier: t.exposeString('tier', { nullable: true, description: 'The plan that it is on.' }),
    timeZone: t.exposeString('timeZone', { description: 'The zone that its days and months are counted in: an IANA name.' }),
    currency: t.exposeString('currency', { description: 'The currency that it is charged in: an ISO 4217 code.' }),
    billingAnchorDay: t.exposeInt('billingAnchorDay', {
      description: 'The day of the month on which its billing periods start; the last one of months that are shorter.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
})
