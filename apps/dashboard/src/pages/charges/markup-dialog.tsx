import { type SubmitEvent, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { PUBLISH_MARKUP } from './charges.operations.ts'

export interface RuleDialogProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Publishes a markup: for the tenant that is looked at, for a plan, or for all. */
export function MarkupDialog({ onDone, onClose }: RuleDialogProps) {
  const { tenantId } = useTenant()
  const [name, setName] = useState('')
  const [percent, setPercent] = useState('')
  const [plan, setPlan] = useState('')
  const [provider, setProvider] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const [publish, isSending] = useChange(PUBLISH_MARKUP)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = {
      name: name.trim(),
      percent: percent.trim(),
      tenantId: tenantId ?? null,
      plan: plan.trim() === '' ? null : plan.trim(),
      provider: provider.trim() === '' ? null : provider.trim(),
    }
    const refused = problemOf(await publish({ input }), ({ publishMarkup }) => publishMarkup)
    setProblem(refused)
    if (refused === undefined) onDone(`The markup ${name.trim()} was published. It applies to usage from now on.`)
  }
  return (
    <Dialog
      title="Publish a markup"
      about={`It is added to the cost of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} from now on. A name that exists gets its next version.`}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Name" required error={problem?.fields.get('name')} value={name} onChange={({ target: { value } }) => setName(value)} />
          <TextField
            label="Percent"
            hint="40 charges 1.40 for a cost of 1."
            inputMode="decimal"
            required
            error={problem?.fields.get('percent')}
            value={percent}
            onChange={({ target: { value } }) => setPercent(value)}
          />
          <TextField
            label="Only for the plan"
            hint="Empty for every plan."
            error={problem?.fields.get('plan')}
            value={plan}
            onChange={({ target: { value } }) => setPlan(value)}
          />
          <TextField
            label="Only for the provider"
            hint="Empty for every provider."
            error={problem?.fields.get('provider')}
            value={provider}
            onChange={({ target: { value } }) => setProvider(value)}
          />
        </div>
        <ProblemNote problem={problem} known={['name', 'percent', 'plan', 'provider']} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            Publish the markup
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
