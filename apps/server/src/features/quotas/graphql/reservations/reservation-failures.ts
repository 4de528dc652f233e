import { ReservationClosed } from '@tollgate/quotas'
import { DECISION_FAILURES } from '../decisions/decision-failures.ts'

/** The expected failures of a change to a reservation. */
export const RESERVATION_FAILURES = [...DECISION_FAILURES, ReservationClosed]
