import type { DailyBurn } from '@tollgate/credits'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TimeRangeInputRef } from '../../usage/graphql/time-range-input.ts'
import { tenantTimeZone } from '../tenant-time-zone.ts'
import { ownerArguments, ownWalletOnly } from './wallet-owner.ts'

builder.queryField('creditBalance', t =>
  t.field({
    type: 'Decimal',
    nullable: true,
    authScopes: { can: 'credits:read' },
    extensions: ownWalletOnly,
    description: 'The balance of a wallet at a time, from the entries recorded before it. Null if there was no wallet.',
    args: { ...ownerArguments(t), at: t.arg({ type: 'DateTime', required: true, description: 'The time.' }) },
    resolve: async (_root, { tenantId, customerId, at }, context) =>
      context.tollgate.credits.balanceAt({ tenantId: await tenantOf(context, tenantId), customerId }, at),
  }),
)

const DailyCreditBurnRef = builder.objectRef<DailyBurn>('DailyCreditBurn').implement({
  description: 'Credits that were consumed on a day.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'Start of the day, inclusive.', resolve: ({ day }) => day.from }),
    to: t.field({ type: 'DateTime', description: 'End of the day, exclusive.', resolve: ({ day }) => day.to }),
    consumed: t.expose('consumed', {
      type: 'Decimal',
      description: 'Credits that usage spent, by the time when they were recorded. Below zero if corrections returned more.',
    }),
    balance: t.expose('balance', { type: 'Decimal', description: 'Balance at the end of the day, or now.' }),
  }),
})

builder.queryField('creditBurnDown', t =>
  t.field({
    type: [DailyCreditBurnRef],
    authScopes: { can: 'credits:read' },
    extensions: ownWalletOnly,
    complexity: { field: 50, multiplier: 30 },
    description: 'Credits that a wallet consumed on each day of a range, including days without usage. Empty if there is no wallet.',
    args: {
      ...ownerArguments(t),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'The range, at most 400 days.' }),
      timeZone: t.arg.string({ description: 'IANA time zone of the days. Defaults to that of the tenant.' }),
    },
    resolve: async (_root, { tenantId: named, customerId, range, timeZone }, context) => {
      const { accounts, credits } = context.tollgate
      const tenantId = await tenantOf(context, named)
      const days = { range, timeZone: timeZone ?? (await tenantTimeZone(accounts, tenantId)) }
      return [...(await credits.burnDown({ tenantId, customerId }, days))]
    },
  }),
)
