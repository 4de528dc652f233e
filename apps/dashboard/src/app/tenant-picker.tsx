import { useRead } from '../graphql/use-read.ts'
import { SelectField } from '../ui/field.tsx'
import { TENANT_CHOICES } from './shell.operations.ts'
import { textIn, useView } from './use-view.ts'

/** How many tenants the picker lists. The page of tenants lists all. */
const MAX_CHOICES = 100

/** Chooses the tenant that an operator looks at. */
export function TenantPicker() {
  const [tenant, change] = useView(search => textIn(search, 'tenant'))
  const { data } = useRead(TENANT_CHOICES, { first: MAX_CHOICES })
  const listed = data?.tenants.nodes ?? []
  const isListed = tenant === undefined || listed.some(({ id }) => id === tenant)
  const choices = [
    { value: '', label: 'All tenants' },
    ...(isListed ? [] : [{ value: tenant, label: tenant }]),
    ...listed.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <SelectField
      label="Tenant"
      choices={choices}
      value={tenant ?? ''}
      onChange={({ target: { value } }) => change({ tenant: value === '' ? undefined : value })}
    />
  )
}
