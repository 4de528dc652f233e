import { builder } from '../../../../graphql/builder.ts'
import { QuotaRequestInputRef, toRequests } from '../decisions/decision-input.ts'
import { changeReservation } from './change-reservation.ts'
import { RESERVATION_FAILURES } from './reservation-failures.ts'
import { reservationPayload } from './reservation-payload.ts'

const SettleReservationInputRef = builder.inputType('SettleReservationInput', {
  description: 'The reservation to settle.',
  fields: t => ({
    id: t.id({ required: true, description: 'Id of the reservation: "rsv_…".' }),
    actual: t.field({ type: [QuotaRequestInputRef], description: 'The amounts that were used, more or less than reserved. Defaults to the reserved amounts.' }),
  }),
})

const SettleReservationPayloadRef = reservationPayload('SettleReservationPayload', 'The reservation was settled.')

builder.mutationField('settleReservation', t =>
  t.field({
    type: SettleReservationPayloadRef,
    audit: 'counted',
    authScopes: { can: 'quotas:use' },
    errors: { types: RESERVATION_FAILURES },
    description:
      'Counts the amounts that were used, instead of the reserved ones. They count in the windows in which the reservation was made, even if it has expired. Settling it again counts nothing. Do not settle work that a usage event reports: send the event with `reservationId` instead.',
    args: { input: t.arg({ type: SettleReservationInputRef, required: true, description: 'The reservation to settle.' }) },
    resolve: async (_root, { input: { id, actual } }, context) => ({
      reservation: await changeReservation(id, context, reservation =>
        context.tollgate.quotas.settle({ ...reservation, actual: actual ? toRequests(actual, 'actual') : undefined }),
      ),
    }),
  }),
)
