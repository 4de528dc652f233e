import { scopeOf } from '@tollgate/accounts'
import type { ReservationDetails, ReservedAmount } from '@tollgate/quotas'
import { requireScope } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'
import { QuotaMetricRef } from '../policies/policy-enums.ts'
import { ReservationStateRef } from './reservation-state.ts'

/** A reservation. Ids are loaded in batches. */
export const ReservationRef = builder.loadableNodeRef('Reservation', {
  id: { resolve: (reservation: ReservationDetails) => reservation.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<ReservationDetails[]> => {
    requireScope(viewer, 'quotas:read')
    return [...(await tollgate.quotas.reservations(scopeOf(viewer), ids))]
  },
  sort: reservation => reservation.id,
})

const ReservedAmountRef = builder.objectRef<ReservedAmount>('ReservedAmount').implement({
  description: 'A reserved amount of a metric.',
  fields: t => ({
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'The metric.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The operation. Null if none was given.' }),
    amount: t.expose('amount', { type: 'Decimal', nullable: true, description: 'The amount. Null if it was unknown.' }),
  }),
})

builder.objectType(ReservationRef, {
  name: 'Reservation',
  description: 'Part of a limit that is held for work in progress and settled with the amounts that the work used. Its id starts with "rsv_".',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant whose quotas it holds.', resolve: ({ tenantId }) => tenantId }),
    state: t.expose('state', { type: ReservationStateRef, description: 'The state of the reservation.' }),
    requests: t.field({ type: [ReservedAmountRef], description: 'The reserved amounts.', resolve: ({ requests }) => [...requests] }),
    createdAt: t.expose('madeAt', { type: 'DateTime', description: 'When it was made. Settled amounts count in the windows of this time.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it expires unless it is extended.' }),
  }),
})
