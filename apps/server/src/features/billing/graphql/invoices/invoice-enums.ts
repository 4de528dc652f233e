import { builder } from '../../../../graphql/builder.ts'

/** GraphQL enum `InvoiceStatus`. */
export const InvoiceStatusRef = builder.enumType('InvoiceStatus', {
  description: 'What an invoice can be.',
  values: {
    DRAFT: { value: 'draft', description: 'It has no number, and its contents are computed again whenever it is read.' },
    FINALIZED: { value: 'finalized', description: 'It has a number and never changes.' },
    SENT: { value: 'sent', description: 'It was sent to the tenant.' },
    PARTIALLY_PAID: { value: 'partially_paid', description: 'A part of it is paid.' },
    PAID: { value: 'paid', description: 'It is paid in full.' },
    OVERDUE: { value: 'overdue', description: 'It is not paid in full, and its due date has passed.' },
    VOID: { value: 'void', description: 'It was issued in error. The next invoice bills what it charged.' },
    UNCOLLECTIBLE: { value: 'uncollectible', description: 'Marked as uncollectible.' },
  } as const,
})

/** GraphQL enum `InvoiceKind`. */
export const InvoiceKindRef = builder.enumType('InvoiceKind', {
  description: 'Invoices and credit notes.',
  values: {
    INVOICE: { value: 'invoice', description: 'An invoice.' },
    CREDIT_NOTE: { value: 'credit_note', description: 'What is given back of an invoice. Its amounts are positive.' },
  } as const,
})

/** GraphQL enum `InvoiceLineKind`. */
export const InvoiceLineKindRef = builder.enumType('InvoiceLineKind', {
  description: 'What an invoice line is for.',
  values: {
    RECURRING_FEE: { value: 'recurring_fee', description: 'The fee of a plan.' },
    SEATS: { value: 'seats', description: 'Seats beyond those in the fee.' },
    USAGE: { value: 'usage', description: 'Usage.' },
    MINIMUM_COMMITMENT: { value: 'minimum_commitment', description: 'The difference between the minimum commitment and the usage.' },
    ADJUSTMENT: { value: 'adjustment', description: 'A correction.' },
    LATE_FEE: { value: 'late_fee', description: 'A fee for paying late.' },
    OTHER: { value: 'other', description: 'Anything else.' },
  } as const,
})

/** GraphQL enum `TaxBehavior`. */
export const TaxBehaviorRef = builder.enumType('TaxBehavior', {
  description: 'Whether amounts include tax.',
  values: {
    EXCLUSIVE: { value: 'exclusive', description: 'Tax is added to the amounts.' },
    INCLUSIVE: { value: 'inclusive', description: 'Amounts include tax.' },
  } as const,
})
