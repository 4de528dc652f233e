import type { RolloverInput, WalletStatus } from '@tollgate/credits'
import { InvalidInput } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { tenantTimeZone } from '../tenant-time-zone.ts'
import { changedWallet, WALLET_FAILURES } from './wallet-change.ts'
import { RolloverKindRef } from './wallet-terms.ts'
import { WalletRef } from './wallet.ts'

const RolloverInputRef = builder.inputType('CreditRolloverInput', {
  description: 'What remains of a grant for one more period when it expires.',
  fields: t => ({
    kind: t.field({ type: RolloverKindRef, required: true, description: 'What stays.' }),
    max: t.field({
      type: 'Decimal',
      description: 'Maximum in credits or percent. Required with UP_TO_AMOUNT and UP_TO_PERCENTAGE, and only allowed with them.',
    }),
  }),
})

const SetCreditAllowanceInputRef = builder.inputType('SetCreditAllowanceInput', {
  description: 'Credits that a wallet gets each billing period.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'Tenant of the wallet.' }),
    customerId: t.id({ description: 'Customer of the tenant. Omit it for the wallet of the tenant itself.' }),
    name: t.string({
      required: true,
      description:
        'Name of the allowance in its wallet, such as the plan that gives it. Setting the same name again replaces it from the next period on. 1 to 128 characters.',
    }),
    amount: t.field({ type: 'Decimal', required: true, description: 'Credits for each period, above 0.' }),
    anchorDay: t.int({ description: 'Day of the month on which periods start, 1 to 31. Defaults to 1.' }),
    timeZone: t.string({ description: 'IANA time zone of the periods. Defaults to that of the tenant.' }),
    rollover: t.field({ type: RolloverInputRef, description: 'Credits that are kept until the end of the next period. Defaults to NONE.' }),
    priority: t.int({ description: 'Grants with a smaller number are spent first. 0 to 1,000,000. Defaults to 100.' }),
    startsAt: t.field({
      type: 'DateTime',
      description:
        'When the first grant is given, for the rest of its period: at most a year ago. Defaults to now, or to the next period of the allowance that is replaced.',
    }),
    endsAt: t.field({ type: 'DateTime', description: 'Periods that start at this time or later get nothing. Defaults to no end.' }),
  }),
})

const SetCreditAllowancePayloadRef = builder.objectRef<{ readonly wallet: WalletStatus }>('SetCreditAllowancePayload').implement({
  description: 'The allowance was set.',
  fields: t => ({ wallet: t.expose('wallet', { type: WalletRef, description: 'The wallet as it is now.' }) }),
})

builder.mutationField('setCreditAllowance', t =>
  t.field({
    type: SetCreditAllowancePayloadRef,
    authScopes: { $all: { operator: true, can: 'credits:write' } },
    audit: 'credit.allowanceSet',
    errors: { types: WALLET_FAILURES },
    description:
      'Sets credits that a wallet gets at the start of each billing period; they expire at its end. Creates the wallet if there is none. To end an allowance, set `endsAt`. Requires an operator key with the scope "credits:write".',
    args: { input: t.arg({ type: SetCreditAllowanceInputRef, required: true, description: 'The allowance.' }) },
    resolve: async (_root, { input: { tenantId: named, customerId, name: id, anchorDay, timeZone, rollover, priority, ...input } }, context) => {
      const { accounts, credits } = context.tollgate
      const owner = { tenantId: await tenantOf(context, named), customerId }
      await credits.setAllowance({
        ...input,
        ...owner,
        id,
        anchorDay: anchorDay ?? undefined,
        timeZone: timeZone ?? (await tenantTimeZone(accounts, owner.tenantId)),
        rollover: rollover ? readRollover(rollover) : undefined,
        priority: priority ?? undefined,
      })
      return { wallet: await changedWallet(credits, owner) }
    },
  }),
)

function readRollover({ kind, max }: typeof RolloverInputRef.$inferInput): RolloverInput {
  if (kind === 'up_to_amount' || kind === 'up_to_percentage') {
    if (max) return { kind, max }
    throw new InvalidInput([{ path: 'rollover.max', message: 'is required with this kind' }])
  }
  if (max) throw new InvalidInput([{ path: 'rollover.max', message: 'is only allowed with UP_TO_AMOUNT and UP_TO_PERCENTAGE' }])
  return { kind }
}
