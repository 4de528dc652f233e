import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { Empty } from '../../ui/states.tsx'
import { useForm } from '../../ui/use-form.ts'
import { type RulesQuery, SET_THRESHOLD } from './alerts.operations.ts'

type Rule = RulesQuery['alertRules'][number]

/** A threshold that replaces the one of a rule for a tenant. */
interface Threshold {
  readonly kind: Rule['kind']
  readonly tenantId: string
  readonly name: string
  readonly threshold: string
  /** The threshold of the rule, for all other tenants. */
  readonly usual: string
}

export interface ThresholdsProps {
  readonly rules: readonly Rule[]
  readonly maySet: boolean
  readonly onDone: (said: string) => void
}

/** The thresholds of single tenants, which replace those of the rules. */
export function Thresholds({ rules: all, maySet, onDone }: ThresholdsProps) {
  const { tenantId } = useTenant()
  const [edited, setEdited] = useState<Threshold | 'new'>()
  const [removed, setRemoved] = useState<Threshold>()
  const rules = all.filter(({ scope }) => scope === 'TENANT')
  const thresholds = rules.flatMap(({ kind, threshold: usual, tenantThresholds }) =>
    tenantThresholds.flatMap(({ tenant, threshold }): Threshold[] =>
      tenant === null || (tenantId !== undefined && tenant.id !== tenantId) ? [] : [{ kind, tenantId: tenant.id, name: tenant.name, threshold, usual }],
    ),
  )
  return (
    <Card title="Thresholds of single tenants" actions={maySet && rules.length > 0 && <Button onClick={() => setEdited('new')}>Set a threshold</Button>}>
      <DataTable
        caption="Thresholds of single tenants"
        rows={thresholds}
        keyOf={({ kind, tenantId: id }) => `${kind} ${id}`}
        empty={<Empty title="The rules apply to every tenant alike.">Set a threshold for a tenant that needs another one.</Empty>}
        columns={[
          { header: 'Tenant', cell: ({ name }) => name, className: 'max-w-64 break-words' },
          { header: 'Kind', cell: ({ kind }) => wordOf(kind) },
          { header: 'Above', isNumber: true, cell: ({ threshold }) => formatDecimal(threshold) },
          { header: 'Others above', isNumber: true, cell: ({ usual }) => formatDecimal(usual) },
          ...(maySet
            ? [
                {
                  header: <span className="sr-only">Change</span>,
                  cell: (one: Threshold) => (
                    <span className="flex flex-wrap justify-end gap-2">
                      <Button aria-label={`Change the threshold of ${one.name} for ${wordOf(one.kind)}`} onClick={() => setEdited(one)}>
                        Change
                      </Button>
                      <Button look="danger" aria-label={`Remove the threshold of ${one.name} for ${wordOf(one.kind)}`} onClick={() => setRemoved(one)}>
                        Remove
                      </Button>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      {edited !== undefined && <ThresholdDialog {...{ rules, onDone }} edited={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
      {removed !== undefined && <RemoveDialog threshold={removed} onDone={onDone} onClose={() => setRemoved(undefined)} />}
    </Card>
  )
}

interface ThresholdDialogProps {
  readonly rules: readonly Rule[]
  /** Undefined for a new one. */
  readonly edited: Threshold | undefined
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function ThresholdDialog({ rules, edited, onDone, onClose }: ThresholdDialogProps) {
  const { tenantId: chosen } = useTenant()
  const { form, field } = useForm({
    kind: edited?.kind ?? rules[0]?.kind ?? '',
    tenantId: edited?.tenantId ?? chosen ?? '',
    threshold: edited?.threshold ?? '',
  })
  const [set] = useChange(SET_THRESHOLD)
  const rule = rules.find(({ kind }) => kind === form.kind)
  const tenantId = form.tenantId.trim()
  const send = async () => {
    if (rule === undefined) return { message: 'Choose a kind.', fields: new Map<string, string>() }
    const changed = await set({ input: { kind: rule.kind, tenantId, threshold: form.threshold.trim() } })
    return problemOf(changed, ({ setAlertThreshold }) => setAlertThreshold, { NotFoundError: 'tenantId' })
  }
  return (
    <FormDialog
      title={edited === undefined ? 'Set a threshold for a tenant' : `Change the threshold of ${edited.name}`}
      about="It replaces the threshold of the rule for this tenant, from the next evaluation on."
      submitText="Set the threshold"
      known={['kind', 'tenantId', 'threshold']}
      send={send}
      onDone={() => onDone(`${tenantId} is alerted for ${wordOf(form.kind)} above ${formatDecimal(form.threshold.trim())}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          {edited === undefined && (
            <div className="grid gap-4 sm:grid-cols-2">
              <SelectField label="Kind" error={errorOf('kind')} choices={rules.map(({ kind }) => ({ value: kind, label: wordOf(kind) }))} {...field('kind')} />
              <TextField label="Id of the tenant" required error={errorOf('tenantId')} {...field('tenantId')} />
            </div>
          )}
          <TextField
            label="Raise an alert above"
            hint={rule === undefined ? undefined : `For other tenants: ${formatDecimal(rule.threshold)}.`}
            inputMode="decimal"
            required
            error={errorOf('threshold')}
            {...field('threshold')}
          />
        </>
      )}
    </FormDialog>
  )
}

interface RemoveDialogProps {
  readonly threshold: Threshold
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function RemoveDialog({ threshold: { kind, tenantId, name, usual }, onDone, onClose }: RemoveDialogProps) {
  const [set] = useChange(SET_THRESHOLD)
  const send = async () => problemOf(await set({ input: { kind, tenantId, threshold: null } }), ({ setAlertThreshold }) => setAlertThreshold)
  return (
    <FormDialog
      title={`Remove the threshold of ${name}`}
      about={`For ${wordOf(kind)}, the threshold of the rule applies again: ${formatDecimal(usual)}.`}
      submitText="Remove it"
      closeText="Keep it"
      look="danger"
      send={send}
      onDone={() => onDone(`The threshold of ${name} was removed.`)}
      onClose={onClose}
    />
  )
}
