import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { useForm } from '../../ui/use-form.ts'
import { TENANT_FIELDS, TenantFields } from './tenant-fields.tsx'
import { CREATE_TENANT } from './tenants.operations.ts'

export interface CreateTenantProps {
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Creates a tenant, whose id is chosen once. */
export function CreateTenant({ onDone, onClose }: CreateTenantProps) {
  const texts = useForm({ id: '', name: '', tier: '', timeZone: 'UTC', currency: 'USD' })
  const [create] = useChange(CREATE_TENANT)
  const { name, tier, timeZone, currency } = texts.form
  const id = texts.form.id.trim()
  const send = async () => {
    const input = { id, name: name.trim(), tier: textOrNull(tier), timeZone: timeZone.trim(), currency: currency.trim() }
    return problemOf(await create({ input }), ({ createTenant }) => createTenant)
  }
  return (
    <FormDialog
      title="Create a tenant"
      about="Tenants cannot be deleted, and the id of a tenant cannot be changed."
      submitText="Create the tenant"
      known={['id', ...TENANT_FIELDS]}
      send={send}
      onDone={() => onDone(`The tenant ${id} was created. Create a key for it, so that it can send usage.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TextField
            label="Id"
            hint="Letters, digits, dots, underscores and hyphens. Programs name the tenant by it."
            required
            maxLength={64}
            autoComplete="off"
            error={errorOf('id')}
            {...texts.field('id')}
          />
          <TenantFields texts={texts} errorOf={errorOf} />
        </>
      )}
    </FormDialog>
  )
}
