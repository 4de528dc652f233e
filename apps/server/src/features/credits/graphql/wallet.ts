import type { WalletStatus } from '@tollgate/credits'
import { forCustomers } from '../../../graphql/access-tokens.ts'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { requireOwnCustomer } from '../../../graphql/only-own-customer.ts'
import { WalletId } from '../ids.ts'
import { consumedThisMonth } from '../consumed-this-month.ts'
import { CreditGrantRef } from './credit-grant.ts'

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
  }),
})

builder.queryField('wallet', t =>
  t.field({
    type: WalletRef,
    nullable: true,
    authScopes: { can: 'credits:read' },
    extensions: forCustomers((args: { customerId?: string | null }, customerId) => {
      requireOwnCustomer(customerId, args.customerId === null || args.customerId === undefined ? [] : [args.customerId])
      return { ...args, customerId }
    }),
    description: 'The wallet of a tenant or customer; null if there is none.',
    args: {
      tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }),
      customerId: t.arg.id({ description: 'Customer of the tenant. Omit it for the wallet of the tenant itself.' }),
    },
    resolve: async (_root, { tenantId, customerId }, context) =>
      (await context.tollgate.credits.wallet({ tenantId: await tenantOf(context, tenantId), customerId })) ?? null,
  }),
)
