import { useId } from 'react'
import { TextField } from '../../ui/field.tsx'
import type { FormTexts } from '../../ui/use-form.ts'
import type { TenantForm } from './tenant-changes.ts'

export interface TenantFieldsProps {
  readonly texts: FormTexts<keyof TenantForm>
  readonly errorOf: (field: string) => string | undefined
}

/** The paths of the fields, whose errors are shown beside them. */
export const TENANT_FIELDS = ['name', 'tier', 'timeZone', 'currency']

/** What can be typed of a tenant, whether it is new or not. */
export function TenantFields({ texts: { form, field, set }, errorOf }: TenantFieldsProps) {
  const zones = useId()
  return (
    <>
      <TextField label="Name" required maxLength={200} error={errorOf('name')} {...field('name')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Plan" hint="Empty for none." error={errorOf('tier')} {...field('tier')} />
        <TextField
          label="Currency"
          hint="Three letters, such as EUR."
          maxLength={3}
          error={errorOf('currency')}
          value={form.currency}
          onChange={({ target: { value } }) => set('currency', value.toUpperCase())}
        />
      </div>
      <TextField
        label="Time zone"
        hint="In which its days and months start."
        list={zones}
        autoComplete="off"
        error={errorOf('timeZone')}
        {...field('timeZone')}
      />
      <datalist id={zones}>
        {Intl.supportedValuesOf('timeZone').map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}
