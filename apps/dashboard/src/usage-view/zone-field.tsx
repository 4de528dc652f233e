import { useTenant } from '../app/tenant-context.ts'
import { SelectField } from '../ui/field.tsx'

export interface ZoneFieldProps {
  readonly timeZone: string
  /** Called with undefined for the zone of the tenant. */
  readonly onChange: (timeZone: string | undefined) => void
}

/** Chooses the time zone of days and times. */
export function ZoneField({ timeZone, onChange }: ZoneFieldProps) {
  const { timeZone: usual } = useTenant()
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = [...new Set([usual, here, 'UTC', timeZone, ...Intl.supportedValuesOf('timeZone')])]
  return (
    <SelectField
      label="Time zone"
      choices={zones.map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      value={timeZone}
      onChange={({ target: { value } }) => onChange(value === usual ? undefined : value)}
    />
  )
}
