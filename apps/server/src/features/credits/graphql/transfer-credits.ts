import { CreditKeyReused, CreditsExceeded, type WalletStatus } from '@tollgate/credits'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { changedWallet, WALLET_FAILURES } from './wallet-change.ts'
import { WalletRef } from './wallet.ts'

const TransferCreditsInputRef = builder.inputType('TransferCreditsInput', {
  description: 'Credits to move between two wallets of a tenant.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'Tenant of both wallets.' }),
    fromCustomerId: t.id({ description: 'Customer whose wallet gives them. Omit it for the wallet of the tenant itself.' }),
    toCustomerId: t.id({ description: 'Customer whose wallet gets them; it is created if there is none. Omit it for the wallet of the tenant itself.' }),
    amount: t.field({ type: 'Decimal', required: true, description: 'Credits, above 0 and at most those available. An overdraft cannot be moved.' }),
    idempotencyKey: t.string({ required: true, description: 'Unique in the tenant. The same transfer again moves nothing, so retries are safe.' }),
    description: t.string({ description: 'What the transfer is for. Up to 1,000 characters.' }),
  }),
})

const TransferCreditsPayloadRef = builder.objectRef<{ readonly from: WalletStatus; readonly to: WalletStatus }>('TransferCreditsPayload').implement({
  description: 'The credits were moved, now or by an earlier call with the same key.',
  fields: t => ({
    from: t.expose('from', { type: WalletRef, description: 'The wallet that gave them.' }),
    to: t.expose('to', { type: WalletRef, description: 'The wallet that got them.' }),
  }),
})

builder.mutationField('transferCredits', t =>
  t.field({
    type: TransferCreditsPayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.transferred',
    errors: { types: [...WALLET_FAILURES, CreditKeyReused, CreditsExceeded] },
    description: 'Moves credits to another wallet of the tenant. They keep their priority and expiry. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: TransferCreditsInputRef, required: true, description: 'The transfer.' }) },
    resolve: async (_root, { input: { fromCustomerId = null, toCustomerId = null, ...input } }, context) => {
      const { credits } = context.tollgate
      const tenantId = await tenantOf(context, input.tenantId)
      await credits.transfer({ ...input, tenantId, fromCustomerId, toCustomerId })
      const [from, to] = await Promise.all([fromCustomerId, toCustomerId].map(async customerId => changedWallet(credits, { tenantId, customerId })))
      if (from === undefined || to === undefined) throw new Error('A wallet of a transfer is missing.')
      return { from, to }
    },
  }),
)
