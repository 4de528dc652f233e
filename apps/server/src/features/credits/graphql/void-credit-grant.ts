import { CreditsOverloaded, CreditStoreUnavailable, GrantSpent } from '@tollgate/credits'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { readGrantId } from '../ids.ts'
import { CreditGrantRef, type TenantGrant } from './credit-grant.ts'

const VoidCreditGrantInputRef = builder.inputType('VoidCreditGrantInput', {
  description: 'Grant to void.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the grant.' }),
    amount: t.field({ type: 'Decimal', description: 'Credits to void. Defaults to all that remain.' }),
    reason: t.string({ required: true, description: 'Why. Up to 1,000 characters.' }),
  }),
})

const VoidCreditGrantPayloadRef = builder.objectRef<{ readonly grant: TenantGrant }>('VoidCreditGrantPayload').implement({
  description: 'The grant was voided.',
  fields: t => ({ grant: t.expose('grant', { type: CreditGrantRef, description: 'The grant as it is now.' }) }),
})

builder.mutationField('voidCreditGrant', t =>
  t.field({
    type: VoidCreditGrantPayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.grantVoided',
    errors: { types: [InvalidInput, Forbidden, NotFound, GrantSpent, CreditsOverloaded, CreditStoreUnavailable] },
    description: 'Removes what remains of a grant, or a part of it. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: VoidCreditGrantInputRef, required: true, description: 'The grant.' }) },
    resolve: async (_root, { input: { id, amount, reason } }, { tollgate }) => {
      const { tenantId, grantId } = readGrantId(id)
      return { grant: { ...(await tollgate.credits.voidGrant({ tenantId, grantId, amount, reason })), tenantId } }
    },
  }),
)
