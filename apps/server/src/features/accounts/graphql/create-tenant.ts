import type { Tenant } from '@tollgate/accounts'
import { AlreadyExists, Forbidden, InvalidInput } from '@tollgate/kernel'
import { quoted } from '../../../graphql/quoted.ts'
import { builder } from '../../../graphql/builder.ts'
import { RESERVED_ID_PREFIXES } from '../reserved-id-prefixes.ts'
import { MetadataRuleInputRef } from './metadata-rule.ts'
import { TenantRef } from './tenant.ts'

const CreateTenantInputRef = builder.inputType('CreateTenantInput', {
  description: 'The tenant to create.',
  fields: t => ({
    id: t.id({
      required: true,
      description: `Id of the tenant. It cannot be changed. 1 to 64 letters, digits, ".", "_" or "-". It starts with a letter or digit, and not with any of ${quoted(RESERVED_ID_PREFIXES)}.`,
    }),
    name: t.string({ required: true, description: 'Display name, up to 200 characters.' }),
    tier: t.string({ description: 'The plan of quotas and charges that the tenant is on, up to 100 characters. Defaults to none.' }),
    timeZone: t.string({ description: 'IANA time zone in which its days and months start. Defaults to UTC.' }),
    currency: t.string({ description: 'ISO 4217 code of the currency that it is charged in. Defaults to USD.' }),
    billingAnchorDay: t.int({ description: 'Day of the month on which its billing periods start, 1 to 31. Defaults to 1.' }),
    metadataRules: t.field({
      type: [MetadataRuleInputRef],
      description: 'What happens to the metadata of its events before they are stored. Defaults to nothing.',
    }),
  }),
})

const CreateTenantPayloadRef = builder.objectRef<{ tenant: Tenant }>('CreateTenantPayload').implement({
  description: 'The tenant was created.',
  fields: t => ({ tenant: t.expose('tenant', { type: TenantRef, description: 'The new tenant.' }) }),
})

builder.mutationField('createTenant', t =>
  t.field({
    type: CreateTenantPayloadRef,
    audit: 'tenant.created',
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, AlreadyExists] },
    description: 'Creates a tenant. Tenants cannot be deleted. Requires an operator key with the scope "tenants:write".',
    args: { input: t.arg({ type: CreateTenantInputRef, required: true, description: 'The tenant to create.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ tenant: await tollgate.accounts.createTenant(input) }),
  }),
)
