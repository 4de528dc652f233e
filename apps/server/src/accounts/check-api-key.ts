import { checkText, Forbidden, InvalidInput, type Issue, Temporal } from '@tollgate/kernel'
import type { ApiKey, ApiKeyDraft } from './api-key.ts'
import { isKeyScope, KEY_SCOPES, type KeyScope, TENANT_KEY_SCOPES } from './key-scope.ts'

/** What is known of a key before its secret is drawn. */
export type CheckedApiKey = Pick<ApiKey, 'tenantId' | 'name' | 'scopes' | 'expiresAt'>

/**
 * Checks a key to be made. Throws `InvalidInput` with everything that is wrong with it, and `Forbidden` where it would
 * be allowed more than its maker: a key never leads to a mightier one.
 */
export function checkApiKey(draft: ApiKeyDraft, { grantable, now }: { grantable: ReadonlySet<KeyScope>; now: Temporal.Instant }): CheckedApiKey {
  const tenantId = draft.tenantId ?? null
  const expiresAt = draft.expiresAt ?? null
  const possible: readonly KeyScope[] = tenantId === null ? KEY_SCOPES : TENANT_KEY_SCOPES
  const asked = draft.scopes ?? possible.filter(scope => grantable.has(scope))
  const issues = [
    ...checkText('name', draft.name, { max: 200 }),
    ...checkScopes(asked, possible),
    ...(expiresAt !== null && Temporal.Instant.compare(expiresAt, now) <= 0 ? [{ path: 'expiresAt', message: 'must be in the future' }] : []),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  const scopes = possible.filter(scope => asked.includes(scope))
  const beyond = scopes.filter(scope => !grantable.has(scope))
  if (beyond.length > 0) throw new Forbidden(`Your key does not have ${beyond.map(scope => `"${scope}"`).join(', ')}, so it cannot make a key that has.`)
  return { tenantId, name: draft.name, scopes, expiresAt }
}

function checkScopes(asked: readonly string[], possible: readonly KeyScope[]): Issue[] {
  if (asked.length === 0) return [{ path: 'scopes', message: 'must name at least one scope; leave it out for all that this kind of key can carry' }]
  return asked.flatMap((scope, index) => {
    const path = `scopes[${index}]`
    if (!isKeyScope(scope)) return [{ path, message: `"${scope.slice(0, 40)}" is not a scope; the scopes are ${KEY_SCOPES.join(', ')}` }]
    if (!possible.includes(scope)) return [{ path, message: `"${scope}" concerns all tenants, so only an operator's key (without tenantId) can carry it` }]
    return []
  })
}
