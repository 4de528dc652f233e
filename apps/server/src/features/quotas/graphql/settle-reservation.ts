import { builder } from '../../../graphql/builder.ts'
import { namedReservation } from './named-reservation.ts'
import { RESERVATION_FAILURES } from './quota-failures.ts'
import { QuotaRequestInputRef, toRequests } from './quota-question-input.ts'
import { reservationPayload } from './reservation-payload.ts'

const SettleReservationInputRef = builder.inputType('SettleReservationInput', {
  description: 'A reservation, and what was really used.',
  fields: t => ({
    id: t.id({ required: true, description: 'The id of the reservation: "rsv_…".' }),
    actual: t.field({ type: [QuotaRequestInputRef], description: 'More or less than was held; as much as was held where it is left out.' }),
  }),
})

const SettleReservationPayloadRef = reservationPayload('SettleReservationPayload', 'A reservation was settled.')

builder.mutationField('settleReservation', t =>
  t.field({
    type: SettleReservationPayloadRef,
    authScopes: { can: 'quotas:use' },
    errors: { types: RESERVATION_FAILURES },
    description:
      'Gives back what a reservation holds and counts what was really used, in the windows of the time when it was made, also where it has expired: usage is a fact. Again, it counts nothing. Not for what a usage event reports: send that with `reservationId` instead.',
    args: { input: t.arg({ type: SettleReservationInputRef, required: true, description: 'Which reservation.' }) },
    resolve: async (_root, { input: { id, actual } }, context) => ({
      reservation: await namedReservation(id, context, named =>
        context.tollgate.quotas.settle({ ...named, actual: actual ? toRequests(actual, 'actual') : undefined }),
      ),
    }),
  }),
)
