import { consumedBy, type CreditEntry, type EntryPosition } from '@tollgate/credits'
import { isUuid } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { decodeCursorParts, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { TimeRangeInputRef } from '../../usage/graphql/time-range-input.ts'
import { UsageEventId } from '../../usage/ids.ts'
import { CreditEntryId, CreditGrantId } from '../ids.ts'
import { CreditCostPartRef, partsOfDebit } from './credit-cost-part.ts'
import { CreditEntryKindRef } from './credit-enums.ts'
import { ownerArguments, ownWalletOnly } from './wallet-owner.ts'

/** An entry and its tenant. */
export interface TenantEntry extends CreditEntry {
  readonly tenantId: string
}

const CreditShareRef = builder
  .objectRef<{ readonly tenantId: string; readonly grantId: string | null; readonly amount: CreditEntry['amount'] }>('CreditShare')
  .implement({
    description: 'What an entry took of a grant.',
    fields: t => ({
      grantId: t.id({
        nullable: true,
        description: 'The grant; null for credits that no grant covered.',
        resolve: ({ tenantId, grantId }) => (grantId === null ? null : CreditGrantId.encode(`${tenantId}:${grantId}`)),
      }),
      amount: t.expose('amount', { type: 'Decimal', description: 'Credits.' }),
    }),
  })

/** Returns the id of an entry as clients see it. */
export function entryId({ tenantId, walletId, sequence }: TenantEntry): string {
  return CreditEntryId.encode(`${tenantId}:${walletId}:${sequence}`)
}

/** A change of a wallet. */
export const CreditEntryRef = builder.objectRef<TenantEntry>('CreditEntry').implement({
  description: 'A change of a wallet. Entries never change: a correction is an entry of its own.',
  fields: t => ({
    id: t.id({ description: 'Id of the entry.', resolve: entryId }),
    sequence: t.expose('sequence', { type: 'SafeInt', description: 'Position in its wallet, from 1, without gaps.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it took effect: the time of the usage, the grant or the expiry.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was recorded.' }),
    kind: t.expose('kind', { type: CreditEntryKindRef, description: 'What it records.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Change of the balance. A reservation does not change it.' }),
    consumed: t.field({ type: 'Decimal', description: 'Credits that usage spent; below zero if a correction returned some.', resolve: consumedBy }),
    balanceAfter: t.expose('balanceAfter', { type: 'Decimal', description: 'Balance after it.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'Operation that was debited.' }),
    description: t.exposeString('description', { nullable: true, description: 'Description of the usage, or reason of the change.' }),
    resourceType: t.exposeString('resourceType', { nullable: true, description: 'Type of the resource of the usage.' }),
    resourceId: t.exposeString('resourceId', { nullable: true, description: 'Id of the resource of the usage.' }),
    eventId: t.id({
      nullable: true,
      description: 'Usage event that was debited.',
      resolve: ({ eventId }) => (eventId === null ? null : UsageEventId.encode(eventId)),
    }),
    costId: t.id({
      nullable: true,
      description: 'Version of the credit cost that gave the amount; null if the amount was sent.',
      resolve: ({ costId }) => costId,
    }),
    parts: t.field({
      type: [CreditCostPartRef],
      nullable: true,
      complexity: { field: 1, multiplier: 2 },
      description:
        'How the credits of a usage event were computed. The parts add up to `consumed`. Null for corrections, for entries without a credit cost, if the event no longer exists, and without the scope "usage:read". Without "costs:read", also null if a part depends on the provider\'s cost.',
      resolve: (entry, _args, context) => partsOfDebit(entry, context),
    }),
    grantId: t.id({
      nullable: true,
      description: 'Grant that was given, voided, or has expired.',
      resolve: ({ tenantId, grantId }) => (grantId === null ? null : CreditGrantId.encode(`${tenantId}:${grantId}`)),
    }),
    shares: t.field({
      type: [CreditShareRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'What it took of which grants. Of a grant: the debt that it paid.',
      resolve: ({ tenantId, shares }) => shares.map(share => ({ ...share, tenantId })),
    }),
  }),
})

const CreditEntryConnectionRef = builder.connectionObject({ type: CreditEntryRef, name: 'CreditEntryConnection' }, { name: 'CreditEntryEdge' })

builder.queryField('creditEntries', t =>
  t.field({
    type: CreditEntryConnectionRef,
    authScopes: { can: 'credits:read' },
    extensions: ownWalletOnly,
    complexity: pageComplexity(PAGES.creditEntries),
    description: 'Lists the entries of a wallet, latest first; empty if there is no wallet.',
    args: {
      ...ownerArguments(t),
      range: t.arg({ type: TimeRangeInputRef, description: 'Only entries that were recorded in this range. Defaults to all.' }),
      ...pageArguments(t.arg, PAGES.creditEntries),
    },
    resolve: async (_root, { tenantId: named, customerId, range, ...args }, context) => {
      const tenantId = await tenantOf(context, named)
      const page = readPage(args, PAGES.creditEntries, readPosition)
      const { items, hasMore } = await context.tollgate.credits.entries({ tenantId, customerId, range: range ?? undefined, ...page })
      return toConnection(
        items.map(entry => ({ ...entry, tenantId })),
        { hasMore, page, cursor: ({ walletId, sequence }) => encodeCursor(walletId, String(sequence)) },
      )
    },
  }),
)

function readPosition(cursor: string): EntryPosition {
  const [walletId = '', number = ''] = decodeCursorParts(cursor, 2)
  const sequence = Number(number)
  if (!isUuid(walletId) || !Number.isSafeInteger(sequence) || sequence < 1) throw invalidCursor()
  return { walletId, sequence }
}
