import { Button } from '../../ui/button.tsx'
import { ChecksField } from '../../ui/checks-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { itemsOf } from '../../ui/typed-text.ts'
import { CONDITION_KINDS, type ConditionField, type ConditionName } from './condition-kinds.ts'
import { type ConditionForm, fieldsOf } from './discount-form.ts'

const INPUT_TYPES = { integer: 'number', time: 'datetime-local', clock: 'time' } as const

export interface ConditionFieldsProps {
  readonly condition: ConditionForm
  readonly position: number
  readonly onChange: (condition: ConditionForm) => void
  readonly onRemove: () => void
  /** Returns what is wrong with a field of the condition. */
  readonly errorOf: (path: string) => string | undefined
}

/** The fields of one condition of a discount. */
export function ConditionFields({ condition, position, onChange, onRemove, errorOf }: ConditionFieldsProps) {
  const { kind, typed } = condition
  const { label } = CONDITION_KINDS[kind]
  return (
    <fieldset className="min-w-0 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">{label}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        {fieldsOf(kind).map(field => (
          <OneField
            key={field.name}
            field={field}
            value={typed[field.name] ?? ''}
            error={errorOf(`${kind}.${field.name}`)}
            onChange={value => onChange({ kind, typed: { ...typed, [field.name]: value } })}
          />
        ))}
      </div>
      <div className="mt-3 flex justify-end">
        <Button look="danger" aria-label={`Remove condition ${position}: ${label}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
    </fieldset>
  )
}

interface OneFieldProps {
  readonly field: ConditionField
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

function OneField({ field: { label, hint, type, choices = [], isRequired = false }, value, error, onChange }: OneFieldProps) {
  if (type === 'choices') return <ChecksField {...{ label, hint, error, choices }} values={itemsOf(value)} onChange={values => onChange(values.join(','))} />
  const field = { label, hint, error, value, onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value) }
  if (type === 'choice') return <SelectField {...field} choices={choices} />
  const inputType = type !== undefined && type in INPUT_TYPES ? INPUT_TYPES[type as keyof typeof INPUT_TYPES] : 'text'
  return <TextField {...field} type={inputType} required={isRequired} {...(type === 'decimal' && { inputMode: 'decimal' as const })} />
}

/** The kinds of conditions to choose from. */
export const CONDITION_CHOICES = [
  { value: '', label: 'Add a condition …' },
  ...Object.entries(CONDITION_KINDS).map(([value, kind]) => ({ value: value as ConditionName, label: kind.label })),
]
