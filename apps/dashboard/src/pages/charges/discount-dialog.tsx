import { type SubmitEvent, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { PUBLISH_DISCOUNT } from './charges.operations.ts'
import type { RuleDialogProps } from './markup-dialog.tsx'

/** Publishes a discount in percent, with a coupon code or without. */
export function DiscountDialog({ onDone, onClose }: RuleDialogProps) {
  const { tenantId } = useTenant()
  const [name, setName] = useState('')
  const [percent, setPercent] = useState('')
  const [code, setCode] = useState('')
  const [budget, setBudget] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [publish, isSending] = useChange(PUBLISH_DISCOUNT)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = {
      name: name.trim(),
      tenantId: tenantId ?? null,
      effect: { percentage: { percent: percent.trim() } },
      conditions: code.trim() === '' ? null : [{ coupon: { code: code.trim() } }],
      budget: budget.trim() === '' ? null : budget.trim(),
    }
    const refused = problemOf(await publish({ input }), ({ publishDiscount }) => publishDiscount)
    setProblem(refused)
    if (refused === undefined) onDone(`The discount ${name.trim()} was published.`)
  }
  return (
    <Dialog
      title="Publish a discount"
      about={`It lowers the charges of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} from now on${code.trim() === '' ? '' : ', once the code is redeemed'}. Other conditions and effects can be published over GraphQL.`}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Name" required error={problem?.fields.get('name')} value={name} onChange={({ target: { value } }) => setName(value)} />
          <TextField
            label="Percent off"
            inputMode="decimal"
            required
            error={problem?.fields.get('effect.percentage.percent')}
            value={percent}
            onChange={({ target: { value } }) => setPercent(value)}
          />
          <TextField
            label="Coupon code"
            hint="Empty for a discount without a code."
            error={problem?.fields.get('conditions[0].coupon.code')}
            value={code}
            onChange={({ target: { value } }) => setCode(value)}
          />
          <TextField
            label="At most, for all together"
            hint="In USD. Empty for no limit."
            inputMode="decimal"
            error={problem?.fields.get('budget')}
            value={budget}
            onChange={({ target: { value } }) => setBudget(value)}
          />
        </div>
        <ProblemNote problem={problem} known={['name', 'effect.percentage.percent', 'conditions[0].coupon.code', 'budget']} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            Publish the discount
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
