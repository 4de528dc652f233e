import { Temporal } from '@tollgate/kernel'
import { convertedNet, type DueCharge } from '../../model/billing/due-charge.ts'
import { INVOICE_LINE_KINDS } from '../../model/invoices/invoice-line.ts'

/** Orders charges as an invoice lists them: latest period first; within it fees, seats, usage and commitments; the largest first. */
export function orderCharges(charges: readonly DueCharge[]): readonly DueCharge[] {
  return charges.toSorted(
    (a, b) =>
      Temporal.Instant.compare(b.basis.to, a.basis.to) ||
      INVOICE_LINE_KINDS.indexOf(a.kind) - INVOICE_LINE_KINDS.indexOf(b.kind) ||
      convertedNet(b).cmp(convertedNet(a)) ||
      (a.key < b.key ? -1 : 1),
  )
}
