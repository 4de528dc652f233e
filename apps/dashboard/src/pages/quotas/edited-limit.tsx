import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { fieldError } from '../../ui/field-error.ts'
import { formatDecimal } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { LIMIT_FIELDS, LimitKeyFields, LimitTermFields } from './limit-fields.tsx'
import { formOfLimit, keyOf, newLimit, policyOf, termsText } from './limit-form.ts'
import { limitName } from './quota-name.ts'
import { CLEAR_QUOTA, type LimitFragment, SET_QUOTA } from './quotas.operations.ts'

export interface EditedLimitProps {
  readonly tenantId: string
  /** Undefined for a new one. */
  readonly limit: LimitFragment | undefined
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Sets a limit for the tenant, or removes what was set, so that the plan applies again. Says what will change. */
export function EditedLimit({ tenantId, limit, onDone, onClose }: EditedLimitProps) {
  const [form, setForm] = useState(() => (limit === undefined ? newLimit() : formOfLimit(limit)))
  const [problem, setProblem] = useState<Problem>()
  const [set, isSetting] = useChange(SET_QUOTA)
  const [clear, isClearing] = useChange(CLEAR_QUOTA)

  const name = limitName(keyOf(form))
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = policyOf(form)
    const refused = problemOf(await set({ input: { tenantId, ...input } }), ({ setQuota }) => setQuota)
    setProblem(refused)
    if (refused === undefined) onDone(`The limit was set: ${name}, ${input.limit === null ? 'no limit' : `at most ${formatDecimal(form.limit.trim())}`}.`)
  }
  const remove = async () => {
    const refused = problemOf(await clear({ input: { tenantId, ...keyOf(form) } }), ({ clearQuota }) => clearQuota)
    setProblem(refused)
    if (refused === undefined) onDone(`The limit of this tenant was removed: ${name}. The plan applies again.`)
  }

  const fields = { form, onChange: setForm, errorOf: (field: string) => fieldError(problem, field) }
  return (
    <Dialog
      title={limit === undefined ? 'Set a limit' : 'Change the limit'}
      about={`For the tenant ${tenantId}: ${name}. It applies from the next request on; what is used already counts.`}
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        {limit === undefined && (
          <div className="grid gap-4 sm:grid-cols-2">
            <LimitKeyFields {...fields} />
          </div>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <LimitTermFields {...fields} now={limit === undefined ? undefined : termsText(limit)} />
        </div>
        <ProblemNote problem={problem} known={LIMIT_FIELDS} />
        <DialogButtons onClose={onClose}>
          {limit?.source === 'OVERRIDE' && (
            <Button look="danger" disabled={isClearing} onClick={() => void remove()}>
              Go back to the plan
            </Button>
          )}
          <Button type="submit" look="primary" disabled={isSetting}>
            Set the limit
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
