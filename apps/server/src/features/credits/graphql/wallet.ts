import type { WalletStatus } from '@tollgate/credits'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { WalletId } from '../ids.ts'
import { consumedThisMonth } from '../consumed-this-month.ts'
import { CreditGrantRef } from './credit-grant.ts'
import { ownerArguments, ownWalletOnly } from './wallet-owner.ts'
import { CreditAllowanceRef, CreditTopUpRef, WhenEmptyRef } from './wallet-terms.ts'

/** A wallet as it is now. */
export const WalletRef = builder.objectRef<WalletStatus>('Wallet').implement({
  description: 'Prepaid credits of a tenant, or of a customer of a tenant.',
  fields: t => ({
    id: t.id({ description: 'Id of the wallet.', resolve: ({ wallet: { tenantId, id } }) => WalletId.encode(`${tenantId}:${id}`) }),
    customerId: t.id({
      nullable: true,
      description: 'The customer that has it; null for the wallet of the tenant itself.',
      resolve: ({ wallet }) => wallet.customerId,
    }),
    balance: t.expose('balance', { type: 'Decimal', description: 'Available and reserved credits. Below zero if more was used than there was.' }),
    available: t.field({ type: 'Decimal', description: 'Credits that can be spent.', resolve: ({ wallet }) => wallet.balances.available }),
    reserved: t.field({ type: 'Decimal', description: 'Credits that reservations hold.', resolve: ({ wallet }) => wallet.balances.reserved }),
    consumed: t.field({ type: 'Decimal', description: 'Credits that usage has spent, ever.', resolve: ({ wallet }) => wallet.balances.consumed }),
    currentMonthConsumed: t.field({
      type: 'Decimal',
      description: 'Credits that usage has spent this month, in the time zone of the tenant.',
      resolve: ({ wallet }, _args, { tollgate }) => consumedThisMonth(tollgate, wallet),
    }),
    grants: t.field({
      type: [CreditGrantRef],
      complexity: { field: 1, multiplier: 10 },
      description: 'Grants that are not spent and have not expired, in the order in which they are spent.',
      resolve: ({ wallet: { tenantId }, grants }) => grants.map(grant => ({ ...grant, tenantId })),
    }),
    allowances: t.field({
      type: [CreditAllowanceRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Credits that it gets each billing period.',
      resolve: ({ allowances }) => [...allowances],
    }),
    whenEmpty: t.field({
      type: WhenEmptyRef,
      description: 'What decisions do when the credits are not enough.',
      resolve: ({ wallet: { terms } }) => terms.whenEmpty.kind,
    }),
    overdraftLimit: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'How far below 0 decisions may take the available credits. Null unless `whenEmpty` is OVERDRAFT.',
      resolve: ({ wallet: { terms } }) => (terms.whenEmpty.kind === 'overdraft' ? terms.whenEmpty.limit : null),
    }),
    alertBelow: t.field({
      type: ['Decimal'],
      description: 'Balances at or below which it alerts.',
      resolve: ({ wallet: { terms } }) => [...terms.alerts.below],
    }),
    alertDaysLeft: t.int({
      nullable: true,
      description: 'It alerts when the balance lasts fewer days. Null for never.',
      resolve: ({ wallet: { terms } }) => terms.alerts.daysLeft,
    }),
    alertExpiresWithinDays: t.int({
      nullable: true,
      description: 'It alerts this many days before credits expire. Null for never.',
      resolve: ({ wallet: { terms } }) => terms.alerts.expiresWithinDays,
    }),
    topUp: t.field({
      type: CreditTopUpRef,
      nullable: true,
      description: 'When it is topped up. Null for never.',
      resolve: ({ wallet: { terms } }) => terms.topUp,
    }),
  }),
})

builder.queryField('wallet', t =>
  t.field({
    type: WalletRef,
    nullable: true,
    authScopes: { can: 'credits:read' },
    extensions: ownWalletOnly,
    description: 'The wallet of a tenant or customer; null if there is none.',
    args: ownerArguments(t),
    resolve: async (_root, { tenantId, customerId }, context) =>
      (await context.tollgate.credits.wallet({ tenantId: await tenantOf(context, tenantId), customerId })) ?? null,
  }),
)
