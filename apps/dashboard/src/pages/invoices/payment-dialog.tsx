import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatAmount } from '../../ui/format.ts'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import { RECORD_PAYMENT } from './invoices.operations.ts'

export interface PaymentDialogProps {
  /** The invoice that is paid first. Without one, the tenant's oldest invoices that are due. */
  readonly invoice: { readonly id: string; readonly number: string | null; readonly amountDue: string } | undefined
  readonly tenantId: string
  readonly currency: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Records money that was received. The same dialog records it once, however often it is sent. */
export function PaymentDialog({ invoice, tenantId, currency, onDone, onClose }: PaymentDialogProps) {
  const { timeZone } = useTenant()
  const { form, field } = useForm({ amount: invoice?.amountDue ?? '', currency, receivedAt: '', reference: '' })
  const [idempotencyKey] = useState(() => `dashboard ${crypto.randomUUID()}`)
  const [record] = useChange(RECORD_PAYMENT)
  const send = async () => {
    const input = {
      ...(invoice === undefined ? { tenantId } : { invoiceId: invoice.id }),
      amount: form.amount.trim(),
      currency: form.currency.trim(),
      receivedAt: instantOf(form.receivedAt, timeZone) ?? null,
      reference: textOrNull(form.reference),
      idempotencyKey,
    }
    return problemOf(await record({ input }), ({ recordPayment }) => recordPayment, {
      UnknownCurrencyError: 'currency',
      CurrencyMismatchError: 'currency',
    })
  }
  return (
    <FormDialog
      title={invoice === undefined ? 'Record a payment' : `Record a payment of ${invoice.number ?? 'the invoice'}`}
      about={
        invoice === undefined
          ? `It pays the invoices of ${tenantId} that are due, the oldest first. What they do not need stays as its balance.`
          : `${formatAmount(invoice.amountDue, currency)} are to be paid. What is paid beyond that pays other invoices, or stays as balance.`
      }
      submitText="Record the payment"
      known={['amount', 'currency', 'receivedAt', 'reference']}
      send={send}
      onDone={() => onDone('The payment was recorded.')}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label={invoice === undefined ? 'Amount' : `Amount in ${currency}`}
              inputMode="decimal"
              required
              error={errorOf('amount') ?? (invoice === undefined ? undefined : errorOf('currency'))}
              {...field('amount')}
            />
            {invoice === undefined && <TextField label="Currency" required maxLength={3} error={errorOf('currency')} {...field('currency')} />}
          </div>
          <TextField label="Received" hint={`In ${timeZone}. Empty for now.`} type="datetime-local" error={errorOf('receivedAt')} {...field('receivedAt')} />
          <TextField label="Reference" hint="Such as the text of the transfer." error={errorOf('reference')} {...field('reference')} />
        </>
      )}
    </FormDialog>
  )
}
