import type { ReserveDecision } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { DECISION_FAILURES } from '../decisions/decision-failures.ts'
import { decisionFields, toDecisionRequest } from '../decisions/decision-input.ts'
import { recordQuotaRefusal } from '../decisions/record-quota-refusal.ts'
import { QuotaDecisionRef } from '../decisions/quota-decision.ts'
import { ReservationRef } from './reservation.ts'

const ReserveQuotasInputRef = builder.inputType('ReserveQuotasInput', {
  description: 'The amounts to reserve, and what they are for.',
  fields: t => ({
    ...decisionFields(t),
    ttlSeconds: t.int({ description: 'How long the amounts are held: 1 to 3,600 seconds. Defaults to 60. Use `extendReservation` for longer work.' }),
  }),
})

const ReserveQuotasPayloadRef = builder.objectRef<ReserveDecision>('ReserveQuotasPayload').implement({
  description: 'The quotas were checked, and the amounts reserved if they are allowed.',
  fields: t => ({
    reservation: t.expose('reservation', { type: ReservationRef, nullable: true, description: 'The reservation. Null if the amounts were refused.' }),
    decision: t.field({ type: QuotaDecisionRef, description: 'Whether the amounts are allowed.', resolve: decision => decision }),
  }),
})

builder.mutationField('reserveQuotas', t =>
  t.field({
    type: ReserveQuotasPayloadRef,
    audit: 'counted',
    authScopes: { can: 'quotas:use' },
    errors: { types: DECISION_FAILURES },
    description:
      'Holds amounts under all quotas that apply, or none. The limits are exact, however many callers there are. After the work, send its usage event with `reservationId`, or call `settleReservation`: both give back the held amounts and count the used ones. A reservation that is neither settled nor released expires.',
    args: { input: t.arg({ type: ReserveQuotasInputRef, required: true, description: 'The amounts to reserve.' }) },
    resolve: async (_root, { input: { ttlSeconds, ...input } }, context) => {
      const request = await toDecisionRequest(context, input)
      const decision = await context.tollgate.quotas.reserve({ ...request, caller: viewerName(context.viewer), ttlSeconds: ttlSeconds ?? undefined })
      recordQuotaRefusal(context, request.tenantId, decision)
      return decision
    },
  }),
)
