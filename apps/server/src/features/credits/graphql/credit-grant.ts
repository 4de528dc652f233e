import type { Grant } from '@tollgate/credits'
import { builder } from '../../../graphql/builder.ts'
import { CreditGrantId } from '../ids.ts'
import { CreditSourceRef } from './credit-enums.ts'

/** A grant and its tenant. */
export interface TenantGrant extends Grant {
  readonly tenantId: string
}

/** Credits that were given to a wallet. */
export const CreditGrantRef = builder.objectRef<TenantGrant>('CreditGrant').implement({
  description: 'Credits that were given to a wallet.',
  fields: t => ({
    id: t.id({ description: 'Id of the grant.', resolve: ({ tenantId, id }) => CreditGrantId.encode(`${tenantId}:${id}`) }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Credits that were given.' }),
    remaining: t.expose('remaining', { type: 'Decimal', description: 'Credits that can still be spent. Does not include what reservations hold.' }),
    held: t.expose('held', { type: 'Decimal', description: 'Credits that reservations hold.' }),
    source: t.expose('source', { type: CreditSourceRef, description: 'Where the credits come from.' }),
    priority: t.exposeInt('priority', { description: 'Grants with a smaller number are spent first; of the same number, those that expire first.' }),
    effectiveAt: t.expose('effectiveAt', { type: 'DateTime', description: 'When the credits can be spent.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When what remains expires; null for never.' }),
    description: t.exposeString('description', { nullable: true, description: 'What the grant is for.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was given.' }),
  }),
})
