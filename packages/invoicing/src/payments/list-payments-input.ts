import type { PaymentsQuery } from './payment-store.ts'

/** Which payments to list. `first` defaults to 50 and is at most 500. */
export interface ListPaymentsInput extends Omit<PaymentsQuery, 'first'> {
  readonly first?: number | null | undefined
}
