import { SelectField, TextField } from '../../ui/field.tsx'
import { wordOf } from '../../ui/format.ts'
import { ENFORCEMENTS } from './enforcements.ts'
import type { LimitForm } from './limit-form.ts'

const METRICS: readonly LimitForm['metric'][] = ['REQUESTS', 'TOKENS', 'COST', 'CREDITS', 'OPERATIONS']
const WINDOWS: readonly LimitForm['window'][] = ['MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'BILLING_PERIOD']
const SLIDING: readonly LimitForm['window'][] = ['MINUTE', 'HOUR', 'DAY', 'WEEK']
const DIMENSIONS: readonly LimitForm['scope'][number][] = [
  'CUSTOMER',
  'FEATURE',
  'MODEL',
  'PROVIDER',
  'ENVIRONMENT',
  'PRODUCT',
  'ORGANIZATION',
  'OPERATION',
  'TASK_TYPE',
  'TIER',
]
const MAX_DIMENSIONS = 4

/** The fields of a limit whose errors are shown beside them. */
export const LIMIT_FIELDS = ['metric', 'operation', 'window', 'scope', 'limit', 'enforcement', 'grace', 'grace.percent', 'grace.amount', 'alertAt']

export interface LimitFieldsProps {
  readonly form: LimitForm
  readonly onChange: (form: LimitForm) => void
  readonly errorOf: (field: string) => string | undefined
  /** What the limit is now, if it exists. */
  readonly now?: string | undefined
}

/** What is counted, over which time and for whom: what tells a limit from others. */
export function LimitKeyFields({ form, onChange, errorOf }: LimitFieldsProps) {
  const { metric, operation, window, sliding, scope } = form
  const asked = scope.length < MAX_DIMENSIONS ? [...scope, ''] : scope
  return (
    <>
      <SelectField
        label="What is counted"
        error={errorOf('metric')}
        choices={METRICS.map(value => ({ value, label: wordOf(value) }))}
        value={metric}
        onChange={({ target: { value } }) => onChange({ ...form, metric: value as LimitForm['metric'] })}
      />
      {metric === 'OPERATIONS' && (
        <TextField
          label="Operation"
          required
          error={errorOf('operation')}
          value={operation}
          onChange={({ target: { value } }) => onChange({ ...form, operation: value })}
        />
      )}
      <SelectField
        label="Per"
        error={errorOf('window')}
        choices={[
          ...WINDOWS.map(value => ({ value: `per ${value}`, label: wordOf(value) })),
          ...SLIDING.map(value => ({ value: `in any ${value}`, label: `the last ${wordOf(value)}, at any moment` })),
        ]}
        value={`${sliding ? 'in any' : 'per'} ${window}`}
        onChange={({ target: { value } }) =>
          onChange({ ...form, sliding: value.startsWith('in any'), window: value.slice(value.lastIndexOf(' ') + 1) as LimitForm['window'] })
        }
      />
      {asked.map((dimension, at) => (
        <SelectField
          key={at}
          label={at === 0 ? 'For each' : 'and each'}
          error={at === 0 ? errorOf('scope') : undefined}
          choices={[
            { value: '', label: at === 0 ? 'the tenant as a whole' : 'nothing else' },
            ...DIMENSIONS.filter(value => value === dimension || !scope.includes(value)).map(value => ({ value, label: wordOf(value) })),
          ]}
          value={dimension}
          onChange={({ target: { value } }) =>
            onChange({ ...form, scope: [...scope.slice(0, at), ...(value === '' ? [] : [value as LimitForm['scope'][number]]), ...scope.slice(at + 1)] })
          }
        />
      ))}
    </>
  )
}

/** How much a limit allows, and what happens when it is reached. */
export function LimitTermFields({ form, onChange, errorOf, now }: LimitFieldsProps) {
  const { limit, enforcement, grace, alertAt, metric } = form
  return (
    <>
      <TextField
        label={metric === 'COST' ? 'At most, in USD' : 'At most'}
        hint={now === undefined ? 'Empty for no limit.' : `Now: ${now}. Empty for no limit.`}
        error={errorOf('limit')}
        inputMode="decimal"
        value={limit}
        onChange={({ target: { value } }) => onChange({ ...form, limit: value })}
      />
      <SelectField
        label="When it is reached, requests are"
        hint="Alerts are sent in each case."
        error={errorOf('enforcement')}
        choices={Object.entries(ENFORCEMENTS).map(([value, label]) => ({ value, label }))}
        value={enforcement}
        onChange={({ target: { value } }) => onChange({ ...form, enforcement: value as LimitForm['enforcement'] })}
      />
      {enforcement === 'GRACE' && (
        <TextField
          label="Allowed beyond it"
          hint="Such as 10 %, or 500."
          required
          error={errorOf('grace') ?? errorOf('grace.percent') ?? errorOf('grace.amount')}
          value={grace}
          onChange={({ target: { value } }) => onChange({ ...form, grace: value })}
        />
      )}
      <TextField
        label="Alerts at, in percent"
        hint="With commas. Empty for none."
        error={errorOf('alertAt')}
        value={alertAt}
        onChange={({ target: { value } }) => onChange({ ...form, alertAt: value })}
      />
    </>
  )
}
