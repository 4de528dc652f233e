import { useId } from 'react'
import type { Problem } from '../../graphql/problem.ts'
import { TextField } from '../../ui/field.tsx'
import type { TenantForm } from './tenant-changes.ts'

export interface TenantFieldsProps {
  readonly form: TenantForm
  readonly problem: Problem | undefined
  readonly onChange: (form: TenantForm) => void
}

/** The paths of the fields, whose errors are shown beside them. */
export const TENANT_FIELDS = ['name', 'tier', 'timeZone', 'currency']

/** What can be typed of a tenant, whether it is new or not. */
export function TenantFields({ form, problem, onChange }: TenantFieldsProps) {
  const zones = useId()
  return (
    <>
      <TextField
        label="Name"
        required
        maxLength={200}
        error={problem?.fields.get('name')}
        value={form.name}
        onChange={({ target: { value } }) => onChange({ ...form, name: value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Plan"
          hint="Empty for none."
          error={problem?.fields.get('tier')}
          value={form.tier}
          onChange={({ target: { value } }) => onChange({ ...form, tier: value })}
        />
        <TextField
          label="Currency"
          hint="Three letters, such as EUR."
          maxLength={3}
          error={problem?.fields.get('currency')}
          value={form.currency}
          onChange={({ target: { value } }) => onChange({ ...form, currency: value.toUpperCase() })}
        />
      </div>
      <TextField
        label="Time zone"
        hint="In which its days and months start."
        list={zones}
        autoComplete="off"
        error={problem?.fields.get('timeZone')}
        value={form.timeZone}
        onChange={({ target: { value } }) => onChange({ ...form, timeZone: value })}
      />
      <datalist id={zones}>
        {Intl.supportedValuesOf('timeZone').map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}
