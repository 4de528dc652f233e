import { type SubmitEvent, useId, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { GRANT_CREDITS, type GrantCreditsMutationVariables } from './credits.operations.ts'

type Source = NonNullable<GrantCreditsMutationVariables['input']['source']>

const SOURCES: readonly Source[] = ['PURCHASE', 'PROMOTION', 'TRIAL', 'REFUND', 'ADJUSTMENT']
const FIELDS = ['amount', 'customerId', 'expiresAt', 'description']

export interface GrantDialogProps {
  readonly tenantId: string
  /** The customer to suggest; empty for the tenant itself. */
  readonly customerId: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Grants credits. The same dialog grants once, however often it is sent. */
export function GrantDialog({ tenantId, customerId: suggested, onDone, onClose }: GrantDialogProps) {
  const [customerId, setCustomerId] = useState(suggested)
  const [amount, setAmount] = useState('')
  const [source, setSource] = useState<Source>('PURCHASE')
  const [expiresOn, setExpiresOn] = useState('')
  const [description, setDescription] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [grant, isSending] = useChange(GRANT_CREDITS)
  const dialog = useId()
  const [idempotencyKey] = useState(() => `dashboard ${dialog} ${crypto.randomUUID()}`)

  const owner = customerId.trim() === '' ? `the tenant ${tenantId}` : `the customer ${customerId.trim()} of ${tenantId}`
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = {
      tenantId,
      customerId: customerId.trim() === '' ? null : customerId.trim(),
      amount: amount.trim(),
      idempotencyKey,
      source,
      expiresAt: expiresOn === '' ? null : `${expiresOn}T00:00:00Z`,
      description: description.trim() === '' ? null : description.trim(),
    }
    const refused = problemOf(await grant({ input }), ({ grantCredits }) => grantCredits)
    setProblem(refused)
    if (refused === undefined) onDone(`${formatDecimal(amount.trim())} credits were granted to ${owner}.`)
  }
  return (
    <Dialog title="Grant credits" about={`Adds credits to the wallet of ${owner}. They can be spent at once.`} isOpen onClose={onClose}>
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Credits"
            inputMode="decimal"
            required
            error={problem?.fields.get('amount')}
            value={amount}
            onChange={({ target: { value } }) => setAmount(value)}
          />
          <SelectField
            label="Source"
            choices={SOURCES.map(value => ({ value, label: wordOf(value) }))}
            value={source}
            onChange={({ target: { value } }) => setSource(value as Source)}
          />
          <TextField
            label="Customer"
            hint="Empty for the tenant itself."
            error={problem?.fields.get('customerId')}
            value={customerId}
            onChange={({ target: { value } }) => setCustomerId(value)}
          />
          <TextField
            label="Expires at the start of"
            hint="A day in UTC. Empty for never."
            type="date"
            error={problem?.fields.get('expiresAt')}
            value={expiresOn}
            onChange={({ target: { value } }) => setExpiresOn(value)}
          />
        </div>
        <TextField
          label="Description"
          error={problem?.fields.get('description')}
          value={description}
          onChange={({ target: { value } }) => setDescription(value)}
        />
        <ProblemNote problem={problem} known={FIELDS} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            Grant credits
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
