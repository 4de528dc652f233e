import type { Tenant } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from './tenant.ts'

const UpdateTenantInputRef = builder.inputType('UpdateTenantInput', {
  description: 'What to change of a tenant. What is left out stays.',
  fields: t => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What people call it; up to 200 characters.' }),
    tier: t.string({ description: 'The plan that it is on, of quotas and of prices; null for none.' }),
    timeZone: t.string({ description: 'The zone that its days and months are counted in, an IANA name. Quotas begin new windows in it.' }),
    currency: t.string({ description: 'The currency that it is charged in, an ISO 4217 code.' }),
    billingAnchorDay: t.int({ description: 'The day of the month, 1 to 31, on which its billing periods start.' }),
  }),
})

const UpdateTenantPayloadRef = builder.objectRef<{ tenant: Tenant }>('UpdateTenantPayload').implement({
  description: 'A tenant was changed.',
  fields: t => ({ tenant: t.expose('tenant', { type: TenantRef, description: 'The tenant, as it is now.' }) }),
})

builder.mutationField('updateTenant', t =>
  t.field({
    type: UpdateTenantPayloadRef,
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Changes a tenant. The quotas of another tier hold from the next decision on, on every server; what was used stays used. For operators with the scope "tenants:write".',
    args: { input: t.arg({ type: UpdateTenantInputRef, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ tenant: await tollgate.accounts.updateTenant(input) }),
  }),
)
