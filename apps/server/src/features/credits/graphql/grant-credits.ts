import { CreditKeyReused, CreditsOverloaded, CreditStoreUnavailable, type GrantedCredits, TooManyGrants, type WalletStatus } from '@tollgate/credits'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { CreditSourceRef } from './credit-enums.ts'
import { CreditGrantRef } from './credit-grant.ts'
import { WalletRef } from './wallet.ts'

const GrantCreditsInputRef = builder.inputType('GrantCreditsInput', {
  description: 'Credits to give.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'Tenant that gets the credits.' }),
    customerId: t.id({ description: 'Customer of the tenant that gets them. Omit it for the wallet of the tenant itself.' }),
    amount: t.field({ type: 'Decimal', required: true, description: 'Credits, above 0.' }),
    idempotencyKey: t.string({ required: true, description: 'Unique in the tenant. The same grant again gives nothing, so retries are safe.' }),
    source: t.field({ type: CreditSourceRef, defaultValue: 'purchase', description: 'Where they come from. Defaults to PURCHASE.' }),
    priority: t.int({ defaultValue: 100, description: 'Grants with a smaller number are spent first. 0 to 1,000,000. Defaults to 100.' }),
    effectiveAt: t.field({ type: 'DateTime', description: 'When they can be spent. Defaults to now.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When what remains expires. Defaults to never.' }),
    description: t.string({ description: 'What the grant is for. Up to 1,000 characters.' }),
  }),
})

interface GrantCreditsPayload extends GrantedCredits {
  readonly status: WalletStatus
}

const GrantCreditsPayloadRef = builder.objectRef<GrantCreditsPayload>('GrantCreditsPayload').implement({
  description: 'The credits were given, now or by an earlier call with the same key.',
  fields: t => ({
    grant: t.field({ type: CreditGrantRef, description: 'The grant.', resolve: ({ grant, wallet }) => ({ ...grant, tenantId: wallet.tenantId }) }),
    wallet: t.expose('status', { type: WalletRef, description: 'The wallet as it is now.' }),
    isRepeat: t.exposeBoolean('isRepeat', { description: 'Whether an earlier call with the same key gave them.' }),
  }),
})

builder.mutationField('grantCredits', t =>
  t.field({
    type: GrantCreditsPayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.granted',
    errors: { types: [InvalidInput, Forbidden, NotFound, CreditKeyReused, TooManyGrants, CreditsOverloaded, CreditStoreUnavailable] },
    description: 'Gives credits to a wallet, and creates the wallet if there is none. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: GrantCreditsInputRef, required: true, description: 'The credits.' }) },
    resolve: async (_root, { input: { source, priority, ...input } }, context) => {
      const { credits } = context.tollgate
      const tenantId = await tenantOf(context, input.tenantId)
      const granted = await credits.grant({ ...input, tenantId, source: source ?? undefined, priority: priority ?? undefined })
      const status = await credits.wallet({ tenantId, customerId: input.customerId })
      if (status === undefined) throw new Error('The wallet was not found after a grant.')
      return { ...granted, status }
    },
  }),
)
