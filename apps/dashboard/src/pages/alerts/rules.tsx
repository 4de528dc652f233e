import { type SubmitEvent, useState } from 'react'
import { useScope } from '../../app/viewer-context.ts'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { formatCount, formatDecimal, wordOf } from '../../ui/format.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Said } from '../../ui/said.tsx'
import { Shown } from '../../ui/states.tsx'
import { RULES, type RulesQuery, SET_RULE } from './alerts.operations.ts'

type Rule = RulesQuery['alertRules'][number]

/** The rules that raise alerts, and their thresholds. */
export function Rules() {
  const maySet = useScope('alerts:write')
  const read = useRead(RULES, {})
  const [edited, setEdited] = useState<Rule>()
  const [said, setSaid] = useState<string>()
  const done = (text: string) => {
    setSaid(text)
    setEdited(undefined)
    read.refresh()
  }
  return (
    <Card title="Rules">
      <Said text={said} />
      <Shown read={read}>
        {({ alertRules }) => (
          <DataTable
            caption="Alert rules"
            rows={alertRules}
            keyOf={({ kind, scope }) => `${kind} ${scope}`}
            columns={[
              { header: 'Kind', cell: ({ kind }) => wordOf(kind) },
              { header: 'Of', cell: ({ scope }) => (scope === 'TENANT' ? 'each tenant' : 'all together') },
              { header: 'Above', isNumber: true, cell: ({ threshold }) => formatDecimal(threshold) },
              { header: 'Window', isNumber: true, cell: ({ windowMinutes }) => `${formatCount(windowMinutes)} min` },
              { header: 'State', cell: ({ enabled }) => <Badge tone={enabled ? 'good' : 'neutral'}>{enabled ? 'on' : 'off'}</Badge> },
              ...(maySet
                ? [
                    {
                      header: <span className="sr-only">Change</span>,
                      cell: (rule: Rule) => (
                        <Button aria-label={`Change the rule of ${wordOf(rule.kind)}`} onClick={() => setEdited(rule)}>
                          Change
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Shown>
      {edited !== undefined && <RuleDialog rule={edited} onDone={done} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

interface RuleDialogProps {
  readonly rule: Rule
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function RuleDialog({ rule: { kind, scope, ...rule }, onDone, onClose }: RuleDialogProps) {
  const [threshold, setThreshold] = useState(rule.threshold)
  const [enabled, setEnabled] = useState(rule.enabled)
  const [problem, setProblem] = useState<Problem>()
  const [set, isSending] = useChange(SET_RULE)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const refused = problemOf(await set({ input: { kind, scope, threshold: threshold.trim(), enabled } }), ({ setAlertRule }) => setAlertRule)
    setProblem(refused)
    if (refused === undefined) onDone(`The rule of ${wordOf(kind)} was changed.`)
  }
  return (
    <Dialog
      title={`Rule of ${wordOf(kind)}`}
      about="It is evaluated with the new values from the next minute on. Open alerts recover by them too."
      isOpen
      onClose={onClose}
    >
      <form onSubmit={event => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Raise an alert above"
          hint={`Now: ${formatDecimal(rule.threshold)}.`}
          inputMode="decimal"
          required
          error={problem?.fields.get('threshold')}
          value={threshold}
          onChange={({ target: { value } }) => setThreshold(value)}
        />
        <SelectField
          label="State"
          choices={[
            { value: 'on', label: 'On' },
            { value: 'off', label: 'Off' },
          ]}
          value={enabled ? 'on' : 'off'}
          onChange={({ target: { value } }) => setEnabled(value === 'on')}
        />
        <ProblemNote problem={problem} known={['threshold']} />
        <DialogButtons onClose={onClose}>
          <Button type="submit" look="primary" disabled={isSending}>
            Change the rule
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
