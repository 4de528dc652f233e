import { checkText, Forbidden, InvalidInput, type Issue, Temporal } from '@tollgate/kernel'
import { readTimeAt } from '@tollgate/kernel/input'
import type { ApiKey, ApiKeyDraft } from './api-key.ts'
import { allScopes, type KeyScopes, quoteScope } from './key-scopes.ts'

/** The fields of a key that its draft decides. */
export type CheckedApiKey = Pick<ApiKey, 'tenantId' | 'name' | 'scopes' | 'expiresAt'>

/** The conditions that a new key is checked under. */
export interface ApiKeyCheck {
  readonly keyScopes: KeyScopes
  /** Scopes that the creator may pass on. */
  readonly grantable: ReadonlySet<string>
  readonly now: Temporal.Instant
}

/**
 * Checks a key draft. Throws `InvalidInput` with every issue, and `Forbidden` if the key would have scopes that its
 * creator lacks: a key never leads to a more powerful one.
 */
export function checkApiKeyDraft(draft: ApiKeyDraft, { keyScopes, grantable, now }: ApiKeyCheck): CheckedApiKey {
  const tenantId = draft.tenantId ?? null
  const issues: Issue[] = []
  const expiresAt = readTimeAt('expiresAt', draft.expiresAt, issues)
  const possible = tenantId === null ? allScopes(keyScopes) : keyScopes.tenant
  const requested = draft.scopes ?? possible.filter(scope => grantable.has(scope))
  issues.push(
    ...checkText('name', draft.name, { max: 200 }),
    ...checkScopes(requested, { possible, known: allScopes(keyScopes) }),
    ...(expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0 ? [{ path: 'expiresAt', message: 'must be in the future' }] : []),
  )
  if (issues.length > 0) throw new InvalidInput(issues)
  const scopes = possible.filter(scope => requested.includes(scope))
  const missing = scopes.filter(scope => !grantable.has(scope))
  if (missing.length > 0) {
    throw new Forbidden(`Your key does not have ${missing.map(scope => `"${scope}"`).join(', ')}, so it cannot create a key that does.`)
  }
  return { tenantId, name: draft.name, scopes, expiresAt }
}

function checkScopes(requested: readonly string[], { possible, known }: { possible: readonly string[]; known: readonly string[] }): Issue[] {
  if (requested.length === 0) return [{ path: 'scopes', message: 'must name at least one scope; omit it for every scope that this kind of key can have' }]
  return requested.flatMap((scope, index) => {
    const path = `scopes[${index}]`
    if (!known.includes(scope)) return [{ path, message: `${quoteScope(scope)} is not a scope; the scopes are ${known.join(', ')}` }]
    if (!possible.includes(scope)) return [{ path, message: `"${scope}" concerns all tenants, so only an operator key (without tenantId) can have it` }]
    return []
  })
}
