import { scopeOf, type Tenant } from '@tollgate/accounts'
import { requireScope } from '../../../graphql/authorize.ts'
import { MetadataRuleRef } from './metadata-rule.ts'
import { builder } from '../../../graphql/builder.ts'

/** A tenant. Ids are loaded in batches. */
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
