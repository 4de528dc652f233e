import type { Temporal } from '@tollgate/kernel'
import type { AlertDetails, CreditAlert } from '../model/alert.ts'
import type { DebitReason, EntryKind } from '../model/entry.ts'
import type { GrantShare } from '../model/reservation.ts'

/** What an entry says besides its postings. */
export interface EntryDraft extends Partial<DebitReason> {
  readonly kind: EntryKind
  readonly occurredAt: Temporal.Instant
  readonly grantId?: string | null
  readonly reservationId?: string | null
  readonly shares?: readonly GrantShare[]
}

/** An alert about a wallet, before it has its place in the list of alerts. */
export type RaisedAlert = Pick<CreditAlert, 'kind' | 'balance'> & AlertDetails
