import type { TenantRowFragment, UpdateTenantMutationVariables } from './tenants.operations.ts'

/** What can be changed of a tenant, as it is typed. */
export interface TenantForm {
  readonly name: string
  readonly tier: string
  readonly timeZone: string
  readonly currency: string
}

/** One change, in words. */
export interface TenantChange {
  readonly field: keyof TenantForm
  readonly label: string
  readonly before: string
  readonly after: string
  /** What follows from it. */
  readonly effect: string
}

const LABELS = { name: 'Name', tier: 'Plan', timeZone: 'Time zone', currency: 'Currency' } as const

const EFFECTS = {
  name: 'It is shown from now on. The id stays.',
  tier: 'The quotas and charges of the plan apply from the next decision on. Usage that was counted stays counted.',
  timeZone: 'Its days and months start by this zone from now on, and so do windows of quotas.',
  currency: 'Invoices that are made from now on are in this currency. Finalised ones stay.',
} as const

/** Returns what of a tenant is typed in a form. */
export function formOf({ name, tier, timeZone, currency }: TenantRowFragment): TenantForm {
  return { name, tier: tier ?? '', timeZone, currency }
}

/** Returns what a form changes of a tenant. */
export function tenantChanges(tenant: TenantRowFragment, form: TenantForm): readonly TenantChange[] {
  const before = formOf(tenant)
  return (['name', 'tier', 'timeZone', 'currency'] as const).flatMap(field => {
    const after = form[field].trim()
    if (after === before[field]) return []
    return [
      { field, label: LABELS[field], before: before[field] === '' ? 'none' : before[field], after: after === '' ? 'none' : after, effect: EFFECTS[field] },
    ]
  })
}

/** Returns the input that makes these changes, and no others: others may be making theirs. */
export function updateInput(tenant: TenantRowFragment, form: TenantForm): UpdateTenantMutationVariables['input'] {
  const changed = Object.fromEntries(
    tenantChanges(tenant, form).map(({ field }) => {
      const value = form[field].trim()
      return [field, field === 'tier' && value === '' ? null : value]
    }),
  )
  return { id: tenant.id, ...changed }
}
