import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatAmount } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { FINALIZE_INVOICE, RECORD_PAYMENT, VOID_INVOICE } from './invoices.operations.ts'

export type InvoiceChangeKind = 'finalize' | 'void' | 'pay'

export interface InvoiceChangeProps {
  readonly change: InvoiceChangeKind
  readonly invoice: { readonly id: string; readonly number: string | null; readonly currency: string; readonly amountDue: string; readonly total: string }
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Changes the state of an invoice, after saying what that means. */
export function InvoiceChange({ change, invoice, onDone, onClose }: InvoiceChangeProps) {
  const { id, number, currency, amountDue, total } = invoice
  const [amount, setAmount] = useState(amountDue)
  const [reference, setReference] = useState('')
  const [idempotencyKey] = useState(() => `dashboard ${crypto.randomUUID()}`)
  const [problem, setProblem] = useState<Problem>()
  const [finalize, isFinalizing] = useChange(FINALIZE_INVOICE)
  const [voidIt, isVoiding] = useChange(VOID_INVOICE)
  const [pay, isPaying] = useChange(RECORD_PAYMENT)

  const send = async () => {
    if (change === 'finalize') return problemOf(await finalize({ input: { id } }), ({ finalizeInvoice }) => finalizeInvoice)
    if (change === 'void') return problemOf(await voidIt({ input: { id } }), ({ voidInvoice }) => voidInvoice)
    const input = { invoiceId: id, amount: amount.trim(), currency, reference: reference.trim() === '' ? null : reference.trim(), idempotencyKey }
    return problemOf(await pay({ input }), ({ recordPayment }) => recordPayment)
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const refused = await send()
    setProblem(refused)
    if (refused === undefined) onDone(SAID[change])
  }
  const name = number ?? 'this draft'
  const texts = {
    finalize: {
      title: 'Finalise the invoice',
      about: `It gets its number and never changes again. Its total is ${formatAmount(total, currency)}.`,
      button: 'Finalise',
    },
    void: { title: `Void ${name}`, about: 'Nothing is to be paid for it any more. Its number stays taken. This cannot be undone.', button: 'Void the invoice' },
    pay: {
      title: `Record a payment of ${name}`,
      about: `${formatAmount(amountDue, currency)} are to be paid. What is paid beyond that is kept as a balance.`,
      button: 'Record the payment',
    },
  }[change]
  return (
    <Dialog title={texts.title} about={texts.about} isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        {change === 'pay' && (
          <>
            <TextField
              label={`Amount in ${currency}`}
              inputMode="decimal"
              required
              error={problem?.fields.get('amount')}
              value={amount}
              onChange={({ target: { value } }) => setAmount(value)}
            />
            <TextField
              label="Reference"
              hint="Such as the text of the transfer."
              error={problem?.fields.get('reference')}
              value={reference}
              onChange={({ target: { value } }) => setReference(value)}
            />
          </>
        )}
        <ProblemNote problem={problem} known={['amount', 'reference']} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look={change === 'void' ? 'danger' : 'primary'} disabled={isFinalizing || isVoiding || isPaying}>
            {texts.button}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

const SAID: Readonly<Record<InvoiceChangeKind, string>> = {
  finalize: 'The invoice was finalised.',
  void: 'The invoice was voided.',
  pay: 'The payment was recorded.',
}
