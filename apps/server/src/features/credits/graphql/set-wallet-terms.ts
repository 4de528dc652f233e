import type { SetTermsInput, WalletStatus } from '@tollgate/credits'
import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { changedWallet, WALLET_FAILURES } from './wallet-change.ts'
import { WhenEmptyRef } from './wallet-terms.ts'
import { WalletRef } from './wallet.ts'

const CreditTopUpInputRef = builder.inputType('CreditTopUpInput', {
  description: 'When to top up a wallet, and with what.',
  fields: t => ({
    threshold: t.field({ type: 'Decimal', required: true, description: 'Request a top-up when the balance falls to this or below.' }),
    amount: t.field({ type: 'Decimal', required: true, description: 'Credits of a top-up.' }),
    maxPerMonth: t.field({
      type: 'Decimal',
      required: true,
      description: 'Maximum number of credits to request in a calendar month (UTC). At least `amount`.',
    }),
  }),
})

const SetWalletTermsInputRef = builder.inputType('SetWalletTermsInput', {
  description: 'What a wallet does when it is empty, and when it alerts. Omitted fields do not change.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'Tenant of the wallet.' }),
    customerId: t.id({ description: 'Customer of the tenant. Omit it for the wallet of the tenant itself.' }),
    whenEmpty: t.field({ type: WhenEmptyRef, description: 'What decisions do when the credits are not enough. BLOCK for a new wallet.' }),
    overdraftLimit: t.field({
      type: 'Decimal',
      description: 'How far below 0 the available credits may go. Required with OVERDRAFT, and only allowed with it.',
    }),
    alertBelow: t.field({ type: ['Decimal'], description: 'Balances at or below which to alert, at most 10. An empty list removes all.' }),
    alertDaysLeft: t.int({ description: 'Alert when the balance lasts fewer days at the rate of the last seven. 1 to 366; null for never.' }),
    alertExpiresWithinDays: t.int({ description: 'Alert this many days before credits expire. 1 to 366; null for never. 7 for a new wallet.' }),
    topUp: t.field({
      type: CreditTopUpInputRef,
      description: 'Request a top-up when the balance is low: see the webhook "credits.top_up_requested". Null for never, as for a new wallet.',
    }),
  }),
})

const SetWalletTermsPayloadRef = builder.objectRef<{ readonly wallet: WalletStatus }>('SetWalletTermsPayload').implement({
  description: 'The terms were set.',
  fields: t => ({ wallet: t.expose('wallet', { type: WalletRef, description: 'The wallet as it is now.' }) }),
})

builder.mutationField('setWalletTerms', t =>
  t.field({
    type: SetWalletTermsPayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.termsSet',
    errors: { types: WALLET_FAILURES },
    description:
      'Sets what a wallet does when it is empty, and when it alerts. Creates the wallet if there is none. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: SetWalletTermsInputRef, required: true, description: 'The terms.' }) },
    resolve: async (_root, { input: { tenantId: named, customerId, whenEmpty: kind, overdraftLimit, alertBelow, ...days } }, context) => {
      const whenEmpty = readWhenEmpty(kind ?? undefined, overdraftLimit ?? undefined)
      const owner = { tenantId: await tenantOf(context, named), customerId }
      await context.tollgate.credits.setTerms({ ...owner, whenEmpty, alertBelow: alertBelow ?? undefined, ...days })
      return { wallet: await changedWallet(context.tollgate.credits, owner) }
    },
  }),
)

function readWhenEmpty(kind: typeof WhenEmptyRef.$inferInput | undefined, limit: Decimal | undefined): SetTermsInput['whenEmpty'] {
  if (kind === 'overdraft') {
    if (limit === undefined) throw new InvalidInput([{ path: 'overdraftLimit', message: 'is required with OVERDRAFT' }])
    if (limit.lt(0)) throw new InvalidInput([{ path: 'overdraftLimit', message: 'must be a decimal of 0 or more' }])
    return { kind, limit }
  }
  if (limit !== undefined) throw new InvalidInput([{ path: 'overdraftLimit', message: 'is only allowed with OVERDRAFT' }])
  return kind === undefined ? undefined : { kind }
}
