import { scopeOf } from '@tollgate/accounts'
import { createContextCache } from '@pothos/core'
import { consumedBy } from '@tollgate/credits'
import DataLoader from 'dataloader'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { builder } from '../../../graphql/builder.ts'
import { entryId, type TenantEntry } from './credit-entry.ts'

/** What a usage event was debited. */
export const CreditDebitRef = builder.objectRef<TenantEntry>('CreditDebit').implement({
  description: 'What a usage event was debited.',
  fields: t => ({
    charged: t.field({ type: 'Decimal', description: 'Credits that were debited when the event was recorded.', resolve: consumedBy }),
    balance: t.expose('balanceAfter', { type: 'Decimal', description: 'Balance of the wallet after the debit. Below zero if more was used than there was.' }),
    entryId: t.id({ description: 'Entry of the debit.', resolve: entryId }),
  }),
})

/** One loader per request, so that the debits of all events of a batch are read together. */
const debitsLoader = createContextCache(
  ({ viewer, tollgate }: GraphQLContext) =>
    new DataLoader<string, TenantEntry | null>(async eventIds => {
      const events = await tollgate.usage.eventsById(scopeOf(viewer), eventIds)
      const byTenant = Map.groupBy(events, ({ tenantId }) => tenantId)
      const debits = new Map<string, TenantEntry>()
      for (const [tenantId, ofTenant] of byTenant) {
        for (const entry of await tollgate.credits.debitsOf(
          tenantId,
          ofTenant.map(({ id }) => id),
        )) {
          if (entry.eventId !== null) debits.set(entry.eventId, { ...entry, tenantId })
        }
      }
      return eventIds.map(id => debits.get(id) ?? null)
    }),
)

/** Returns what an event was debited; null if nothing was. */
export function debitOfEvent(eventId: string, context: GraphQLContext): Promise<TenantEntry | null> {
  return debitsLoader(context).load(eventId)
}
