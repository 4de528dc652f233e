import { useRef, useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatAmount } from '../../ui/format.ts'
import { ISSUE_CREDIT_NOTE } from './corrections.operations.ts'
import { contentsOf, type CreditNoteForm, type CreditNoteKind, pathOfLine } from './credit-note-input.ts'
import type { InvoiceDialogProps } from './invoice-dialog-props.ts'

const KINDS: readonly { readonly value: CreditNoteKind; readonly label: string }[] = [
  { value: 'whole', label: 'Everything that is left of the invoice' },
  { value: 'amount', label: 'An amount, shared over its lines' },
  { value: 'lines', label: 'Parts of its lines' },
]

/** Gives back an invoice or a part of it, after saying what that does to what is to be paid. */
export function CreditNoteDialog({ invoice, onDone, onClose }: InvoiceDialogProps) {
  const { id, number, currency, total, amountDue, taxBehavior, lines } = invoice
  const [form, setForm] = useState<CreditNoteForm>({ kind: 'whole', amount: '', lines: {}, reason: '' })
  const [idempotencyKey] = useState(() => `dashboard ${crypto.randomUUID()}`)
  const said = useRef('The credit note was issued.')
  const [issue] = useChange(ISSUE_CREDIT_NOTE)
  const send = async () => {
    const changed = await issue({ input: { invoiceId: id, ...contentsOf(form), reason: form.reason.trim(), idempotencyKey } })
    const result = changed.data?.issueCreditNote
    if (result?.__typename === 'IssueCreditNotePayload') {
      const { creditNote } = result
      said.current = `The credit note ${creditNote.number ?? ''} gives back ${formatAmount(creditNote.total, creditNote.currency)}.`
    }
    return problemOf(changed, ({ issueCreditNote }) => issueCreditNote, form.kind === 'amount' ? { CreditNoteExceedsInvoiceError: 'amount' } : {})
  }
  const lineFields = Object.keys(form.lines).flatMap(lineId => {
    const path = pathOfLine(form, lineId)
    return path === undefined ? [] : [path, `${path}.amount`, `${path}.lineId`]
  })
  return (
    <FormDialog
      title={`Issue a credit note for ${number ?? 'the invoice'}`}
      about="The invoice stays as it is; the credit note corrects it, and is sent like it. It cannot be undone."
      submitText="Issue the credit note"
      isWide={form.kind === 'lines'}
      known={['reason', ...(form.kind === 'amount' ? ['amount'] : []), ...(form.kind === 'lines' ? ['lines', ...lineFields] : [])]}
      send={send}
      onDone={() => onDone(said.current)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <SelectField
            label="What is given back"
            choices={KINDS}
            value={form.kind}
            onChange={({ target: { value } }) => setForm({ ...form, kind: value as CreditNoteKind })}
          />
          {form.kind === 'amount' && (
            <TextField
              label={`Amount in ${currency}`}
              hint="With tax."
              inputMode="decimal"
              required
              error={errorOf('amount')}
              value={form.amount}
              onChange={({ target: { value } }) => setForm({ ...form, amount: value })}
            />
          )}
          {form.kind === 'lines' && (
            <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3">
              <legend className="px-1 font-medium">{`Amounts in ${currency}, ${taxBehavior === 'INCLUSIVE' ? 'with' : 'without'} tax`}</legend>
              <p className="text-muted">Lines that are left empty are not corrected.</p>
              {lines.flatMap(line => {
                if (isZero(line.netAmount)) return []
                const path = pathOfLine(form, line.id)
                return (
                  <TextField
                    key={line.id}
                    label={line.description}
                    hint={`${formatAmount(line.netAmount, currency)} on the invoice.`}
                    inputMode="decimal"
                    error={path === undefined ? undefined : (errorOf(path) ?? errorOf(`${path}.amount`) ?? errorOf(`${path}.lineId`))}
                    value={form.lines[line.id] ?? ''}
                    onChange={({ target: { value } }) => setForm({ ...form, lines: { ...form.lines, [line.id]: value } })}
                  />
                )
              })}
              {errorOf('lines') !== undefined && form.kind === 'lines' && lineFields.length === 0 && (
                <p role="alert" className="text-bad">
                  {errorOf('lines')}
                </p>
              )}
            </fieldset>
          )}
          <TextField
            label="Reason"
            hint="Printed on the credit note."
            required
            error={errorOf('reason')}
            value={form.reason}
            onChange={({ target: { value } }) => setForm({ ...form, reason: value })}
          />
          <section className="rounded-md bg-sunken p-3">
            <h3 className="font-medium">What it does to the balance</h3>
            <p>{`Of ${formatAmount(total, currency)}, ${formatAmount(amountDue, currency)} are to be paid. ${effectOf(amountDue)}`}</p>
          </section>
        </>
      )}
    </FormDialog>
  )
}

function effectOf(amountDue: string): string {
  if (isZero(amountDue)) return 'Nothing is open, so all that is given back becomes the balance of the tenant, which pays its next invoices.'
  return 'The credit note pays that first. What it gives back beyond becomes the balance of the tenant, which pays its next invoices.'
}

function isZero(amount: string): boolean {
  return /^0(\.0*)?$/.test(amount)
}
