import type { IdSource } from '@tollgate/kernel'
import { checkQuestion } from './model/decisions/check-question.ts'
import type { ReserveDecision } from './model/decisions/decision.ts'
import { makeReservation } from './model/decisions/make-reservation.ts'
import type { QuotaQuestion } from './model/decisions/question.ts'
import { reservationDetails } from './model/decisions/reservation-details.ts'
import { decide } from './decide.ts'
import type { ReservationDependencies } from './reservation-dependencies.ts'

/** Amounts to hold during work. */
export interface ReserveInput extends QuotaQuestion {
  /** Whom to count the decision for, such as the id of an API key. */
  readonly caller?: string | null | undefined
  /** 1 to 3,600. Defaults to 60. */
  readonly ttlSeconds?: number | undefined
  /** Id of the reservation, a new UUIDv7. Made if omitted. For what is reserved elsewhere together with it. */
  readonly reservationId?: string | undefined
}

/** Holds all amounts if they fit, or none. */
export async function reserve(
  dependencies: ReservationDependencies & { readonly ids: IdSource },
  { ttlSeconds, caller = null, reservationId, ...input }: ReserveInput,
): Promise<ReserveDecision> {
  const question = checkQuestion(input)
  const nowMs = dependencies.nowMs(question.tenantId)
  const reservation = makeReservation(question, reservationId ?? dependencies.ids.uuidV7(nowMs), nowMs, ttlSeconds)
  const { allowed, degraded, results } = await decide(dependencies, { question, caller, nowMs, take: reservation })
  if (!allowed) return { allowed, degraded, results, reservation: null }
  dependencies.granted.add({ reservation, isHeld: !degraded })
  const { expiresAtMs } = reservation
  return { allowed, degraded, results, reservation: reservationDetails({ reservation, closed: null, expiresAtMs }, nowMs) }
}
