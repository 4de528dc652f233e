import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { PoliciesUnsettled, QuotasOverloaded, QuotaStoreUnavailable, ReservationClosed } from '@tollgate/quotas'

/** How asking for quotas can fail. */
export const QUESTION_FAILURES = [InvalidInput, Forbidden, NotFound, QuotasOverloaded, QuotaStoreUnavailable, PoliciesUnsettled]

/** How doing something with a reservation can fail. */
export const RESERVATION_FAILURES = [...QUESTION_FAILURES, ReservationClosed]
