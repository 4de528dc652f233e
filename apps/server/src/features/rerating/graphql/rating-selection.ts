import type { RatingSelection, RatingSelectionDraft } from '@tollgate/usage'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { TimeRangeInputRef } from '../../usage/graphql/time-range-input.ts'

/** Which events are to be rated again. */
export const RatingSelectionInputRef = builder.inputRef<RatingSelectionDraft>('RatingSelectionInput').implement({
  description: 'Which events are rated again.',
  fields: t => ({
    range: t.field({ type: TimeRangeInputRef, required: true, description: 'When they happened (`occurredAt`).' }),
    tenantId: t.id({ description: "Whose; every tenant's where it is left out." }),
    provider: t.string({ description: 'Only of this provider, as it was sent.' }),
    model: t.string({ description: 'Only of this model, as it was sent.' }),
    unpricedOnly: t.boolean({ defaultValue: false, description: 'Only those that no price is known for.' }),
  }),
})

const TimeRangeRef = builder.objectRef<RatingSelection['range']>('TimeRange').implement({
  description: 'A stretch of time, half-open.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'The first instant in it.' }),
    to: t.expose('to', { type: 'DateTime', description: 'The first instant behind it.' }),
  }),
})

/** Which events a run is about. */
export const RatingSelectionRef = builder.objectRef<RatingSelection>('RatingSelection').implement({
  description: 'Which events a rating run is about.',
  fields: t => ({
    range: t.expose('range', { type: TimeRangeRef, description: 'When they happened.' }),
    tenant: t.field({ type: TenantRef, nullable: true, description: "Whose; null for every tenant's.", resolve: ({ tenantId }) => tenantId }),
    provider: t.exposeString('provider', { nullable: true, description: 'Only of this provider; null for all.' }),
    model: t.exposeString('model', { nullable: true, description: 'Only of this model; null for all.' }),
    unpricedOnly: t.exposeBoolean('unpricedOnly', { description: 'Only those that no price is known for.' }),
  }),
})

/** Throws `NotFound` where the selection names a tenant that does not exist: nothing would be selected, for no visible reason. */
export async function requireSelectedTenant(context: GraphQLContext, { tenantId }: RatingSelectionDraft): Promise<void> {
  if (typeof tenantId === 'string') await tenantOf(context, tenantId)
}
