import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatAmount, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { INVOICE_PAYMENTS, type PaymentRowFragment, REFUND_PAYMENT } from './corrections.operations.ts'

const TONES: Readonly<Record<PaymentRowFragment['status'], Tone>> = {
  PENDING: 'neutral',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  REFUNDED: 'warn',
  PARTIALLY_REFUNDED: 'warn',
}
/** What pays without money: it cannot be given back. */
const CREDIT_NOTE = 'credit_note'

export interface InvoicePaymentsProps {
  readonly tenantId: string
  readonly invoiceId: string
  readonly mayRefund: boolean
  readonly onDone: (said: string) => void
}

/** What has paid an invoice: payments and credit notes. */
export function InvoicePayments({ tenantId, invoiceId, mayRefund, onDone }: InvoicePaymentsProps) {
  const read = useRead(INVOICE_PAYMENTS, { tenantId, invoiceId })
  const [refunded, setRefunded] = useState<PaymentRowFragment>()
  return (
    <Card title="Paid by">
      <Shown read={read}>
        {({ payments: { nodes } }) => (
          <DataTable
            caption="Payments of the invoice"
            rows={nodes}
            keyOf={({ id }) => id}
            empty={<Empty title="Nothing has paid it yet." />}
            columns={[
              { header: 'Received', cell: ({ receivedAt, createdAt }) => <Time at={receivedAt ?? createdAt} /> },
              { header: 'From', cell: ({ provider, reference }) => [wordOf(provider), reference ?? ''].join(' ').trim(), className: 'max-w-64 break-words' },
              { header: 'State', cell: ({ status, failureMessage }) => <Badge tone={TONES[status]}>{failureMessage ?? wordOf(status)}</Badge> },
              { header: 'Amount', isNumber: true, cell: ({ amount, currency }) => formatAmount(amount, currency) },
              {
                header: 'Of this invoice',
                isNumber: true,
                cell: ({ allocations, currency }) => formatAmount(allocations.find(paid => paid.invoiceId === invoiceId)?.amount ?? '0', currency),
              },
              { header: 'Given back', isNumber: true, cell: payment => formatAmount(payment.refunded, payment.currency) },
              ...(mayRefund
                ? [
                    {
                      header: <span className="sr-only">Change</span>,
                      cell: (payment: PaymentRowFragment) =>
                        payment.provider !== CREDIT_NOTE &&
                        payment.receivedAt !== null &&
                        payment.status !== 'REFUNDED' && (
                          <Button look="danger" aria-label={`Give back ${formatAmount(payment.amount, payment.currency)}`} onClick={() => setRefunded(payment)}>
                            Give back
                          </Button>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Shown>
      {refunded !== undefined && <RefundDialog payment={refunded} onDone={onDone} onClose={() => setRefunded(undefined)} />}
    </Card>
  )
}

interface RefundDialogProps {
  readonly payment: PaymentRowFragment
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function RefundDialog({ payment: { id, provider, amount, refunded, currency }, onDone, onClose }: RefundDialogProps) {
  const { form, field } = useForm({ amount: '', reason: '' })
  const [idempotencyKey] = useState(() => `dashboard ${crypto.randomUUID()}`)
  const [refund] = useChange(REFUND_PAYMENT)
  const send = async () => {
    const input = { paymentId: id, amount: textOrNull(form.amount), reason: textOrNull(form.reason), idempotencyKey }
    return problemOf(await refund({ input }), ({ refundPayment }) => refundPayment, { RefundTooLargeError: 'amount' })
  }
  const how = provider === 'bank_transfer' ? 'Send the money yourself: this records it.' : `${wordOf(provider)} sends the money.`
  return (
    <FormDialog
      title="Give money back"
      about={`First what no invoice has used, then from its invoices, which are due again. ${how}`}
      submitText="Give it back"
      look="danger"
      known={['amount', 'reason']}
      send={send}
      onDone={() => onDone(`${form.amount.trim() === '' ? 'The payment' : formatAmount(form.amount.trim(), currency)} was given back.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField
            label={`Amount in ${currency}`}
            hint={`Empty for all that is left of ${formatAmount(amount, currency)}; ${formatAmount(refunded, currency)} were given back.`}
            inputMode="decimal"
            error={errorOf('amount')}
            {...field('amount')}
          />
          <TextField label="Reason" error={errorOf('reason')} {...field('reason')} />
        </>
      )}
    </FormDialog>
  )
}
