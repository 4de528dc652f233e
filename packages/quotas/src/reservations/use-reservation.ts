import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { type CheckedQuestion, checkQuestion } from '../decisions/check-requests.ts'
import type { Done } from '../counters/command.ts'
import { type Deciding, whileStale } from '../decisions/decide-question.ts'
import { ReservationClosed, ReservationNotFound } from '../errors.ts'
import type { KnownReservation, KnownReservations } from './known-reservations.ts'
import { makeDemands } from '../decisions/make-demands.ts'
import { ttlMs } from './make-reservation.ts'
import type { ReservationInput, SettleInput } from '../quotas.ts'
import type { Reservation, ReservationState } from './reservation.ts'

/** What reservations are found and ended with. */
export interface Reserving extends Deciding {
  readonly known: KnownReservations
  nowMs(): number
}

/** Ends a reservation with what was really used. */
export async function settleReservation(reserving: Reserving, input: SettleInput): Promise<void> {
  const { reservation, held } = await find(reserving, input)
  const { tenantId, dimensions, amounts, atMs } = reservation
  const question: CheckedQuestion =
    input.actual === undefined ? { tenantId, dimensions, requests: amounts } : checkQuestion({ tenantId, dimensions, requests: input.actual }, 'actual')
  const nowMs = reserving.nowMs()
  const { found } = await whileStale(reserving, { question, nowMs }, async policies => {
    const { demands } = makeDemands(question, policies, atMs, reserving)
    const settles = held ? reservation.id : null
    const outcome = await reserving.store.apply({ kind: 'record', tenantId, revision: policies.revision, nowMs, demands, settles, onlyIfOpen: held })
    return outcome.kind === 'done' ? outcome : 'stale'
  })
  reserving.known.forget(reservation.id)
  if (held) refuse(reservation.id, found, ['held', 'expired', 'settled'])
}

/** Ends a reservation: nothing was used. */
export async function releaseReservation(reserving: Reserving, input: ReservationInput): Promise<void> {
  const { reservation, held } = await find(reserving, input)
  reserving.known.forget(reservation.id)
  if (!held) return
  const { found } = await applied(reserving, { kind: 'release', ...named(reserving, reservation) })
  refuse(reservation.id, found, ['held', 'expired', 'released'])
}

/** Holds on for longer. */
export async function extendReservation(
  reserving: Reserving,
  input: ReservationInput & { readonly ttlSeconds: number },
): Promise<{ expiresAt: Temporal.Instant }> {
  const ttl = ttlMs(input.ttlSeconds)
  const { reservation, held } = await find(reserving, input)
  const command = named(reserving, reservation)
  const wanted = command.nowMs + ttl
  if (!held) return { expiresAt: Temporal.Instant.fromEpochMilliseconds(wanted) }
  const { found, expiresAtMs } = await applied(reserving, { kind: 'extend', ...command, expiresAtMs: wanted })
  refuse(reservation.id, found, ['held'])
  return { expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAtMs ?? wanted) }
}

async function find({ store, known }: Reserving, { reservationId, scope = OPERATOR_SCOPE }: ReservationInput): Promise<KnownReservation> {
  const granted = known.find(scope, reservationId)
  if (granted) return granted
  const reservation = await store.reservation(scope, reservationId)
  if (reservation === undefined) throw new ReservationNotFound(reservationId)
  return { reservation, held: true }
}

function named({ nowMs }: Reserving, { id, tenantId }: Reservation) {
  return { tenantId, reservationId: id, nowMs: nowMs() }
}

async function applied({ store }: Reserving, command: Parameters<Reserving['store']['apply']>[0]): Promise<Done> {
  const outcome = await store.apply(command)
  if (outcome.kind !== 'done') throw new Error(`A command of kind ${command.kind} cannot come to ${outcome.kind}`)
  return outcome
}

function refuse(id: string, found: ReservationState | null, fine: readonly ReservationState[]): void {
  if (found === null) throw new ReservationNotFound(id)
  if (!fine.includes(found)) throw new ReservationClosed(id, found)
}
