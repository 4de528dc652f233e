import { type SubmitEvent, useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ENFORCEMENTS } from './quota-list.tsx'
import { limitName } from './quota-name.ts'
import { CLEAR_QUOTA, type LimitFragment, SET_QUOTA, type SetQuotaMutationVariables } from './quotas.operations.ts'

type Input = SetQuotaMutationVariables['input']

const METRICS: readonly Input['metric'][] = ['REQUESTS', 'TOKENS', 'COST', 'CREDITS', 'OPERATIONS']
const WINDOWS: readonly Input['window'][] = ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'BILLING_PERIOD']
const SCOPES = ['', 'CUSTOMER', 'FEATURE', 'MODEL', 'PROVIDER', 'ENVIRONMENT'] as const
const FIELDS = ['limit', 'operation', 'enforcement', 'alertAt']

const choicesOf = (values: readonly string[]) => values.map(value => ({ value, label: wordOf(value) }))

export interface EditedLimitProps {
  readonly tenantId: string
  /** Undefined for a new one. */
  readonly limit: LimitFragment | undefined
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Sets a limit for the tenant, or removes what was set, so that the plan applies again. Says what will change. */
export function EditedLimit({ tenantId, limit, onDone, onClose }: EditedLimitProps) {
  const [metric, setMetric] = useState<Input['metric']>(limit?.metric ?? 'REQUESTS')
  const [window, setWindow] = useState<Input['window']>(limit?.window ?? 'MONTH')
  const [operation, setOperation] = useState(limit?.operation ?? '')
  const [scope, setScope] = useState<(typeof SCOPES)[number]>('')
  const [amount, setAmount] = useState(limit?.limit ?? '')
  const [enforcement, setEnforcement] = useState(limit?.enforcement ?? 'HARD')
  const [problem, setProblem] = useState<Problem>()
  const [set, isSetting] = useChange(SET_QUOTA)
  const [clear, isClearing] = useChange(CLEAR_QUOTA)

  const key = {
    tenantId,
    metric,
    window,
    operation: operation.trim() === '' ? null : operation.trim(),
    sliding: limit?.sliding ?? false,
    scope: limit?.scope ?? (scope === '' ? [] : [scope]),
  }
  const name = limitName(key)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const changed = await set({ input: { ...key, limit: amount.trim() === '' ? null : amount.trim(), enforcement } })
    const refused = problemOf(changed, ({ setQuota }) => setQuota)
    setProblem(refused)
    if (refused === undefined) onDone(`The limit was set: ${name}, ${amount.trim() === '' ? 'no limit' : `at most ${formatDecimal(amount.trim())}`}.`)
  }
  const remove = async () => {
    const changed = await clear({ input: key })
    const refused = problemOf(changed, ({ clearQuota }) => clearQuota)
    setProblem(refused)
    if (refused === undefined) onDone(`The limit of this tenant was removed: ${name}. The plan applies again.`)
  }

  const before = limit === undefined ? undefined : limit.limit === null ? 'no limit' : formatDecimal(limit.limit)
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
            <SelectField
              label="What is counted"
              choices={choicesOf(METRICS)}
              value={metric}
              onChange={({ target: { value } }) => setMetric(value as Input['metric'])}
            />
            <SelectField label="Per" choices={choicesOf(WINDOWS)} value={window} onChange={({ target: { value } }) => setWindow(value as Input['window'])} />
            <SelectField
              label="For each"
              choices={SCOPES.map(value => ({ value, label: value === '' ? 'the tenant as a whole' : wordOf(value) }))}
              value={scope}
              onChange={({ target: { value } }) => setScope(value as (typeof SCOPES)[number])}
            />
            {metric === 'OPERATIONS' && (
              <TextField
                label="Operation"
                error={problem?.fields.get('operation')}
                value={operation}
                onChange={({ target: { value } }) => setOperation(value)}
              />
            )}
          </div>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="At most"
            hint={before === undefined ? 'Leave it empty for no limit.' : `Now: ${before}. Leave it empty for no limit.`}
            error={problem?.fields.get('limit')}
            inputMode="decimal"
            value={amount}
            onChange={({ target: { value } }) => setAmount(value)}
          />
          <SelectField
            label="When it is reached, requests are"
            hint="Alerts are sent in each case."
            error={problem?.fields.get('enforcement')}
            choices={Object.entries(ENFORCEMENTS)
              .filter(([value]) => value !== 'GRACE' || enforcement === 'GRACE')
              .map(([value, label]) => ({ value, label }))}
            value={enforcement}
            onChange={({ target: { value } }) => setEnforcement(value as typeof enforcement)}
          />
        </div>
        <ProblemNote problem={problem} known={FIELDS} />
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
