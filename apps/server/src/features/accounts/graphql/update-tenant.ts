import type { Tenant } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { MetadataRuleInputRef } from './metadata-rule.ts'
import { TenantRef } from './tenant.ts'

const UpdateTenantInputRef = builder.inputType('UpdateTenantInput', {
  description: 'The changes to a tenant. Absent fields keep their values.',
  fields: t => ({
    id: t.id({ required: true, description: 'The tenant to update.' }),
    name: t.string({ description: 'Display name, up to 200 characters.' }),
    tier: t.string({ description: 'The plan of quotas and charges that the tenant is on. Null removes it from its plan.' }),
    timeZone: t.string({ description: 'IANA time zone in which its days and months start. Windows of quotas follow it.' }),
    currency: t.string({ description: 'ISO 4217 code of the currency that it is charged in.' }),
    billingAnchorDay: t.int({ description: 'Day of the month on which its billing periods start, 1 to 31.' }),
    metadataRules: t.field({
      type: [MetadataRuleInputRef],
      description: 'What happens to the metadata of its events before they are stored. Replaces all rules; an empty list removes them. Applies to new events.',
    }),
  }),
})

const UpdateTenantPayloadRef = builder.objectRef<{ tenant: Tenant }>('UpdateTenantPayload').implement({
  description: 'The tenant was updated.',
  fields: t => ({ tenant: t.expose('tenant', { type: TenantRef, description: 'The updated tenant.' }) }),
})

builder.mutationField('updateTenant', t =>
  t.field({
    type: UpdateTenantPayloadRef,
    audit: 'tenant.updated',
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Updates a tenant. The quotas of a new tier apply from the next decision on, on every server; usage that was counted stays counted. A subscription keeps the time zone and the currency that the tenant had when it started; new ones apply to the next subscription. Requires an operator key with the scope "tenants:write".',
    args: { input: t.arg({ type: UpdateTenantInputRef, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ tenant: await tollgate.accounts.updateTenant(input) }),
  }),
)
