import { makeDemands } from './engine/demands/make-demands.ts'
import { type CheckedQuestion, checkQuestion } from './model/decisions/check-question.ts'
import type { QuotaRequest } from './model/decisions/question.ts'
import { checkReservationState } from './check-reservation-state.ts'
import type { ChangedReservation, ReservationInput } from './granted-reservations.ts'
import type { ReservationDependencies } from './reservation-dependencies.ts'
import { retryWhileStale } from './retry-while-stale.ts'

/** A reservation, and what was used in its place. */
export interface SettleInput extends ReservationInput {
  /** Defaults to the reserved amounts. */
  readonly actual?: readonly QuotaRequest[] | undefined
}

/** Ends a reservation with what was used, counted in the windows of the time when it was made. */
export async function settle(dependencies: ReservationDependencies, input: SettleInput): Promise<ChangedReservation> {
  const { counters, granted, policies } = dependencies
  const { reservation, isHeld } = await granted.find(input)
  const { tenantId, dimensions, amounts, atMs } = reservation
  const question: CheckedQuestion =
    input.actual === undefined ? { tenantId, dimensions, requests: amounts } : checkQuestion({ tenantId, dimensions, requests: input.actual }, 'actual')
  const nowMs = dependencies.nowMs(tenantId)
  const { stateBefore } = await retryWhileStale(policies, tenantId, async current => {
    const { demands } = makeDemands(question, current, atMs, dependencies)
    const usage = { tenantId, caller: input.caller ?? null, revision: current.revision, nowMs, demands }
    const outcome = await counters.apply(isHeld ? { kind: 'settle', ...usage, reservationId: reservation.id, onlyIfOpen: true } : { kind: 'consume', ...usage })
    return outcome.kind === 'done' ? outcome : 'stale'
  })
  granted.forget(reservation.id)
  if (isHeld) checkReservationState(reservation.id, stateBefore, ['held', 'expired', 'settled'])
  return { tenantId, requests: amounts }
}
