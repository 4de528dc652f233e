import { checkText, InvalidInput, isDomainError, type Issue, minorUnits, type Temporal, timeZone } from '@tollgate/kernel'
import type { MetadataRule } from './metadata-rule.ts'
import type { Tenant, TenantDraft } from './tenant.ts'

const TENANT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** The conditions that a new tenant is checked under. */
export interface TenantCheck {
  readonly createdAt: Temporal.Instant
  /** Beginnings that a tenant's id must not have, because ids of other things begin with them: "evt_". */
  readonly reservedIdPrefixes: readonly string[]
  /** Returns the problems of rules of metadata. Paths start with the position of the rule. */
  readonly checkMetadataRules: (rules: readonly MetadataRule[]) => readonly Issue[]
}

/** Makes a tenant from a draft. Throws `InvalidInput` with every issue. */
export function checkTenant(draft: TenantDraft, { createdAt, reservedIdPrefixes, checkMetadataRules }: TenantCheck): Tenant {
  const { id, name } = draft
  const tier = draft.tier ?? null
  const zone = draft.timeZone ?? 'UTC'
  const currency = draft.currency ?? 'USD'
  const billingAnchorDay = draft.billingAnchorDay ?? 1
  const metadataRules = (draft.metadataRules ?? []).map(({ field, action, length = null }) => ({ field, action, length }))
  const issues = [
    ...checkTenantId(id, reservedIdPrefixes),
    ...checkText('name', name, { max: 200 }),
    ...(tier === null ? [] : checkText('tier', tier, { max: 100 })),
    ...issuesFrom('timeZone', () => timeZone(zone)),
    ...issuesFrom('currency', () => minorUnits(currency)),
    ...(isDayOfMonth(billingAnchorDay) ? [] : [{ path: 'billingAnchorDay', message: `must be a day of the month, 1 to 31, not ${billingAnchorDay}` }]),
    ...checkMetadataRules(metadataRules).map(({ path, message }) => ({ path: path === '' ? 'metadataRules' : `metadataRules.${path}`, message })),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  // The zone is kept as written: a runtime may rename "Asia/Kolkata" to "Asia/Calcutta".
  return { id, name, tier, timeZone: zone, currency, billingAnchorDay, metadataRules, createdAt }
}

function isDayOfMonth(day: number): boolean {
  return Number.isInteger(day) && day >= 1 && day <= 31
}

function checkTenantId(id: string, reservedIdPrefixes: readonly string[]): Issue[] {
  if (!TENANT_ID.test(id)) {
    return [{ path: 'id', message: 'must be 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit' }]
  }
  const reserved = reservedIdPrefixes.find(prefix => id.startsWith(prefix))
  return reserved === undefined ? [] : [{ path: 'id', message: `must not begin with "${reserved}", which is reserved for other ids` }]
}

/** Runs a check of the kernel and returns its errors as issues of one field. */
function issuesFrom(path: string, check: () => unknown): Issue[] {
  try {
    check()
    return []
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ message }) => ({ path, message }))
    if (isDomainError(error)) return [{ path, message: error.message }]
    throw error
  }
}
