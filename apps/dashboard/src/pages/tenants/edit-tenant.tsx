import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useForm } from '../../ui/use-form.ts'
import { WhatChanges } from '../../ui/what-changes.tsx'
import { formOf, tenantChanges, updateInput } from './tenant-changes.ts'
import { TENANT_FIELDS, TenantFields } from './tenant-fields.tsx'
import { type TenantRowFragment, UPDATE_TENANT } from './tenants.operations.ts'

export interface EditTenantProps {
  readonly tenant: TenantRowFragment
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** Changes a tenant. Says what will change, and what follows from it, before it is done. */
export function EditTenant({ tenant, onDone, onClose }: EditTenantProps) {
  const texts = useForm(() => formOf(tenant))
  const [update] = useChange(UPDATE_TENANT)
  const changes = tenantChanges(tenant, texts.form)
  return (
    <FormDialog
      title={`Change ${tenant.name}`}
      about={`The tenant ${tenant.id}.`}
      submitText="Change the tenant"
      isIdle={changes.length === 0}
      known={TENANT_FIELDS}
      send={async () => problemOf(await update({ input: updateInput(tenant, texts.form) }), ({ updateTenant }) => updateTenant)}
      onDone={() => onDone(`The tenant ${tenant.id} was changed: ${changes.map(({ label, after }) => `${label.toLowerCase()} is now ${after}`).join(', ')}.`)}
      onClose={onClose}
    >
      {errorOf => (
        <>
          <TenantFields texts={texts} errorOf={errorOf} />
          <WhatChanges changes={changes} />
        </>
      )}
    </FormDialog>
  )
}
