import type { Tenant } from '@tollgate/accounts'
import { AlreadyExists, Forbidden, InvalidInput } from '@tollgate/kernel'
import { quoted } from '../../../graphql/quoted.ts'
import { builder } from '../../../graphql/builder.ts'
import { RESERVED_ID_PREFIXES } from '../reserved-id-prefixes.ts'
import { TenantRef } from './tenant.ts'

const CreateTenantInputRef = builder.inputType('CreateTenantInput', {
  description: 'A tenant to be made.',
  fields: t => ({
    id: t.id({
      required: true,
      description: `Its id for good, as you will write it everywhere: 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit, and not with any of ${quoted(RESERVED_ID_PREFIXES)}.`,
    }),
    name: t.string({ required: true, description: 'What people call it; up to 200 characters.' }),
    tier: t.string({ description: 'The plan that it is on, of quotas and of prices; up to 100 characters.' }),
    timeZone: t.string({ description: 'The zone that its days and months are counted in, an IANA name; UTC where it is left out.' }),
    currency: t.string({ description: 'The currency that it is charged in, an ISO 4217 code; USD where it is left out.' }),
    billingAnchorDay: t.int({ description: 'The day of the month, 1 to 31, on which its billing periods start; the first where it is left out.' }),
  }),
})

const CreateTenantPayloadRef = builder.objectRef<{ tenant: Tenant }>('CreateTenantPayload').implement({
  description: 'A tenant was made.',
  fields: t => ({ tenant: t.expose('tenant', { type: TenantRef, description: 'The new tenant.' }) }),
})

builder.mutationField('createTenant', t =>
  t.field({
    type: CreateTenantPayloadRef,
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, AlreadyExists] },
    description: 'Makes a tenant. Tenants are never deleted. For operators with the scope "tenants:write".',
    args: { input: t.arg({ type: CreateTenantInputRef, required: true, description: 'The tenant.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ tenant: await tollgate.accounts.createTenant(input) }),
  }),
)
