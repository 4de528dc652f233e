import { ChecksField } from '../../ui/checks-field.tsx'
import { SelectField } from '../../ui/field.tsx'
import { isWebhookType, TYPE_CHOICES, type WebhookType } from './webhook-types.ts'

export interface TypesFieldProps {
  /** Null for all types, later ones included. */
  readonly types: readonly WebhookType[] | null
  readonly error: string | undefined
  readonly onChange: (types: readonly WebhookType[] | null) => void
}

/** Which notifications an endpoint gets: all, or those that are chosen. */
export function TypesField({ types, error, onChange }: TypesFieldProps) {
  return (
    <>
      <SelectField
        label="It gets"
        choices={[
          { value: 'all', label: 'all notifications, also of types to come' },
          { value: 'some', label: 'notifications of some types' },
        ]}
        value={types === null ? 'all' : 'some'}
        onChange={({ target: { value } }) => onChange(value === 'all' ? null : [])}
      />
      {types !== null && (
        <ChecksField label="Types" choices={TYPE_CHOICES} values={types} error={error} onChange={values => onChange(values.filter(isWebhookType))} />
      )}
    </>
  )
}
