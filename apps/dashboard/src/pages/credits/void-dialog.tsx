import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { VOID_CREDIT_GRANT } from './credits.operations.ts'

export interface VoidDialogProps {
  readonly grant: { readonly id: string; readonly remaining: string }
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Takes away what is left of a grant, or a part of it, with a reason. */
export function VoidDialog({ grant: { id, remaining }, onDone, onClose }: VoidDialogProps) {
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [send, isSending] = useChange(VOID_CREDIT_GRANT)
  const taken = formatDecimal(amount.trim() === '' ? remaining : amount.trim())
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const changed = await send({ input: { id, amount: amount.trim() === '' ? null : amount.trim(), reason: reason.trim() } })
    const refused = problemOf(changed, ({ voidCreditGrant }) => voidCreditGrant)
    setProblem(refused)
    if (refused === undefined) onDone(`${taken} credits were voided.`)
  }
  return (
    <Dialog
      title="Void the grant"
      about={`What usage has spent stays spent. ${formatDecimal(remaining)} credits are left of it. This cannot be undone.`}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Credits to void"
          hint="Empty for all that is left."
          inputMode="decimal"
          error={problem?.fields.get('amount')}
          value={amount}
          onChange={({ target: { value } }) => setAmount(value)}
        />
        <TextField
          label="Reason"
          hint="The ledger and the audit log keep it."
          required
          error={problem?.fields.get('reason')}
          value={reason}
          onChange={({ target: { value } }) => setReason(value)}
        />
        <ProblemNote problem={problem} known={['amount', 'reason']} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="danger" disabled={isSending}>
            {`Void ${taken} credits`}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
