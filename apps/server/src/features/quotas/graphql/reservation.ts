import { scopeOf } from '@tollgate/accounts'
import type { ReservationDetails, ReservedAmount } from '@tollgate/quotas'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { QuotaMetricRef, ReservationStateRef } from './quota-enums.ts'

/** A reservation; wherever an id is resolved, they are loaded together. */
export const ReservationRef = builder.loadableNodeRef('Reservation', {
  id: { resolve: (reservation: ReservationDetails) => reservation.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<ReservationDetails[]> => {
    requireScope(viewer, 'quotas:read')
    return [...(await tollgate.quotas.reservations(scopeOf(viewer), ids))]
  },
  sort: reservation => reservation.id,
})

const ReservedAmountRef = builder.objectRef<ReservedAmount>('ReservedAmount').implement({
  description: 'An amount of a metric that was reserved.',
  fields: t => ({
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'Of what.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'For which operation; null where none was named.' }),
    amount: t.expose('amount', { type: 'Decimal', nullable: true, description: 'How much; null where it was unknown.' }),
  }),
})

builder.objectType(ReservationRef, {
  name: 'Reservation',
  description: 'Headroom held before the work, and settled with what was really used after it. Its id begins with "rsv_".',
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose quotas it is of.', resolve: ({ tenantId }) => tenantId }),
    state: t.expose('state', { type: ReservationStateRef, description: 'How it is.' }),
    requests: t.field({ type: [ReservedAmountRef], description: 'What it holds, or held.', resolve: ({ requests }) => [...requests] }),
    madeAt: t.expose('madeAt', { type: 'DateTime', description: 'When it was made: what is settled counts in the windows of this time.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it holds, unless it is extended.' }),
  }),
})
