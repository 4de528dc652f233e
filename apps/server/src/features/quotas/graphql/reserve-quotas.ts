import type { ReserveDecision } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { QuotaDecisionRef } from './quota-decision.ts'
import { QUESTION_FAILURES } from './quota-failures.ts'
import { questionFields, toQuestion } from './quota-question-input.ts'
import { ReservationRef } from './reservation.ts'

const ReserveQuotasInputRef = builder.inputType('ReserveQuotasInput', {
  description: 'What is to be held, and for whom.',
  fields: t => ({
    ...questionFields(t),
    ttlSeconds: t.int({ description: 'For how long, from 1 to 3,600; 60 where it is left out. Extend what takes longer.' }),
  }),
})

const ReserveQuotasPayloadRef = builder.objectRef<ReserveDecision>('ReserveQuotasPayload').implement({
  description: 'A decision, and what is held.',
  fields: t => ({
    reservation: t.expose('reservation', { type: ReservationRef, nullable: true, description: 'What holds the amounts; null where they were refused.' }),
    decision: t.field({ type: QuotaDecisionRef, description: 'Whether it may be done.', resolve: decision => decision }),
  }),
})

builder.mutationField('reserveQuotas', t =>
  t.field({
    type: ReserveQuotasPayloadRef,
    authScopes: { can: 'quotas:use' },
    errors: { types: QUESTION_FAILURES },
    description:
      'Holds amounts under all quotas that apply, or nothing: exact under any number of callers. Send the usage event of what is then done with `reservationId`, or `settleReservation`: either gives back what is held and counts what was used. What does neither comes back when its time is over.',
    args: { input: t.arg({ type: ReserveQuotasInputRef, required: true, description: 'The question.' }) },
    resolve: async (_root, { input: { ttlSeconds, ...input } }, context) => {
      const question = await toQuestion(context, input)
      return context.tollgate.quotas.reserve({ ...question, ttlSeconds: ttlSeconds ?? undefined })
    },
  }),
)
