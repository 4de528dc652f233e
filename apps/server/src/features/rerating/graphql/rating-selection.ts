import type { RatingSelection, RatingSelectionDraft } from '@tollgate/usage'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import type { GraphQLContext } from '../../../graphql/context.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { TimeRangeInputRef } from '../../usage/graphql/time-range-input.ts'

/** The events that a rating run or its preview rates again. */
export const RatingSelectionInputRef = builder.inputRef<RatingSelectionDraft>('RatingSelectionInput').implement({
  description: 'Events to rate again.',
  fields: t => ({
    range: t.field({ type: TimeRangeInputRef, required: true, description: 'Only events that occurred in this range.' }),
    tenantId: t.id({ description: 'Only events of this tenant. Defaults to all tenants.' }),
    provider: t.string({ description: 'Only events of this provider, named as in the events.' }),
    model: t.string({ description: 'Only events of this model, named as in the events.' }),
    unpricedOnly: t.boolean({ defaultValue: false, description: 'Only events that are unpriced.' }),
  }),
})

const TimeRangeRef = builder.objectRef<RatingSelection['range']>('TimeRange').implement({
  description: 'A half-open range of time.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', description: 'Start, inclusive.' }),
    to: t.expose('to', { type: 'DateTime', description: 'End, exclusive.' }),
  }),
})

/** The events that a rating run covers. */
export const RatingSelectionRef = builder.objectRef<RatingSelection>('RatingSelection').implement({
  description: 'The events that a rating run covers.',
  fields: t => ({
    range: t.expose('range', { type: TimeRangeRef, description: 'When the events occurred.' }),
    tenant: t.field({ type: TenantRef, nullable: true, description: 'Tenant of the events. Null for all tenants.', resolve: ({ tenantId }) => tenantId }),
    provider: t.exposeString('provider', { nullable: true, description: 'Provider of the events. Null for all providers.' }),
    model: t.exposeString('model', { nullable: true, description: 'Model of the events. Null for all models.' }),
    unpricedOnly: t.exposeBoolean('unpricedOnly', { description: 'Whether the run covers unpriced events only.' }),
  }),
})

/** Throws `NotFound` if the selection names an unknown tenant, which would otherwise silently select nothing. */
export async function requireSelectedTenant(context: GraphQLContext, { tenantId }: RatingSelectionDraft): Promise<void> {
  if (typeof tenantId === 'string') await tenantOf(context, tenantId)
}
