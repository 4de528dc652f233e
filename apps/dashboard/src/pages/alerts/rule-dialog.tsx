import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { type RulesQuery, SET_RULE } from './alerts.operations.ts'

export interface RuleDialogProps {
  readonly rule: RulesQuery['alertRules'][number]
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Changes a rule: what it compares with, and how soon it alerts and recovers. */
export function RuleDialog({ rule: { kind, scope, ...rule }, onDone, onClose }: RuleDialogProps) {
  const [threshold, setThreshold] = useState(rule.threshold)
  const [enabled, setEnabled] = useState(rule.enabled)
  const [numbers, setNumbers] = useState({
    windowMinutes: String(rule.windowMinutes),
    raiseAfter: String(rule.raiseAfter),
    recoverAfter: String(rule.recoverAfter),
    ...(rule.minimumCalls !== null && { minimumCalls: String(rule.minimumCalls) }),
  })
  const [set] = useChange(SET_RULE)
  const send = async () => {
    const integers = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)]))
    return problemOf(await set({ input: { kind, scope, threshold: threshold.trim(), enabled, ...integers } }), ({ setAlertRule }) => setAlertRule)
  }
  return (
    <FormDialog
      title={`Rule of ${wordOf(kind)}`}
      about="It is evaluated every minute, with the new values from the next one on. Open alerts recover by them too."
      submitText="Change the rule"
      known={['threshold', ...Object.keys(numbers)]}
      send={send}
      onDone={() => onDone(`The rule of ${wordOf(kind)} was changed.`)}
      onClose={onClose}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Raise an alert above"
            hint={`Now: ${formatDecimal(rule.threshold)}.`}
            inputMode="decimal"
            required
            error={errorOf('threshold')}
            value={threshold}
            onChange={({ target: { value } }) => setThreshold(value)}
          />
          <SelectField
            label="State"
            hint="Off: no alerts are raised."
            choices={[
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off' },
            ]}
            value={enabled ? 'on' : 'off'}
            onChange={({ target: { value } }) => setEnabled(value === 'on')}
          />
          {Object.entries(numbers).map(([name, value]) => (
            <TextField
              key={name}
              label={LABELS[name as keyof typeof LABELS]}
              type="number"
              min={0}
              required
              error={errorOf(name)}
              value={value}
              onChange={({ target }) => setNumbers({ ...numbers, [name]: target.value })}
            />
          ))}
        </div>
      )}
    </FormDialog>
  )
}

const LABELS = {
  windowMinutes: 'Minutes that it looks back',
  raiseAfter: 'Times above in a row, before an alert',
  recoverAfter: 'Times below in a row, before it recovers',
  minimumCalls: 'Calls that it needs at least',
} as const
