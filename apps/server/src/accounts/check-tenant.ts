import { checkText, InvalidInput, isDomainError, type Issue, minorUnits, type Temporal, timeZone } from '@tollgate/kernel'
import type { Tenant, TenantDraft } from './tenant.ts'

const TENANT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** How the ids of other things begin. A tenant's does not, so that an id tells what it is of. */
export const RESERVED_ID_PREFIXES = ['evt_', 'price_', 'key_', 'rej_', 'run_', 'rule_', 'alr_', 'whe_', 'whd_', 'rsv_'] as const

/** Makes a tenant of a draft; throws `InvalidInput` with everything that is wrong with it. */
export function checkTenant(draft: TenantDraft, createdAt: Temporal.Instant): Tenant {
  const { id, name } = draft
  const tier = draft.tier ?? null
  const zone = draft.timeZone ?? 'UTC'
  const currency = draft.currency ?? 'USD'
  const billingAnchorDay = draft.billingAnchorDay ?? 1
  const issues = [
    ...checkTenantId(id),
    ...checkText('name', name, { max: 200 }),
    ...(tier === null ? [] : checkText('tier', tier, { max: 100 })),
    ...reported('timeZone', () => timeZone(zone)),
    ...reported('currency', () => minorUnits(currency)),
    ...(isDayOfMonth(billingAnchorDay) ? [] : [{ path: 'billingAnchorDay', message: `must be a day of the month, 1 to 31, not ${billingAnchorDay}` }]),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  // The zone as it was written: runtimes prefer old names, "Asia/Calcutta", and people want theirs back.
  return { id, name, tier, timeZone: zone, currency, billingAnchorDay, createdAt }
}

function isDayOfMonth(day: number): boolean {
  return Number.isInteger(day) && day >= 1 && day <= 31
}

function checkTenantId(id: string): Issue[] {
  if (!TENANT_ID.test(id)) {
    return [{ path: 'id', message: 'must be 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit' }]
  }
  const reserved = RESERVED_ID_PREFIXES.find(prefix => id.startsWith(prefix))
  return reserved === undefined ? [] : [{ path: 'id', message: `must not begin with "${reserved}", which begins the ids of other things` }]
}

/** What a check of the kernel's has to say, as an issue of this field. */
function reported(path: string, check: () => unknown): Issue[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ message }) => ({ path, message }))
    if (isDomainError(error)) return [{ path, message: error.message }]
    throw error
  }
}
