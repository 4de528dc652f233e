import { checkText, Forbidden, InvalidInput, type Issue } from '@tollgate/kernel'
import { quoteScope } from './key-scopes.ts'
import type { Viewer } from './viewer.ts'

/** An access token to create. */
export interface AccessTokenDraft {
  readonly tenantId: string
  /** Defaults to the whole tenant. */
  readonly customerId?: string | null | undefined
  /** Defaults to every scope that both this kind of token and its creator can have, except those that must be named. */
  readonly scopes?: readonly string[] | null | undefined
  /** 10 to 3,600. Defaults to 900. */
  readonly ttlSeconds?: number | null | undefined
}

/** The scopes that access tokens can have. */
export interface TokenScopes {
  readonly tenant: readonly string[]
  readonly customer: readonly string[]
  /** Those of them that a token has only if they are named. Defaults to none. */
  readonly onlyIfNamed?: readonly string[]
}

/** The parts of a token that its draft decides. */
export interface CheckedAccessToken {
  readonly tenantId: string
  readonly customerId: string | null
  readonly scopes: readonly string[]
  readonly ttlSeconds: number
}

/** Bounds of the lifetime of a token. */
export const MIN_TTL_SECONDS = 10
export const MAX_TTL_SECONDS = 3_600
const DEFAULT_TTL_SECONDS = 900

/** Checks a draft. Throws `InvalidInput` with every issue, and `Forbidden` if the token would have rights that its creator lacks. */
export function checkAccessTokenDraft(draft: AccessTokenDraft, { creator, tokenScopes }: { creator: Viewer; tokenScopes: TokenScopes }): CheckedAccessToken {
  const customerId = draft.customerId ?? null
  const ttlSeconds = draft.ttlSeconds ?? DEFAULT_TTL_SECONDS
  const possible = customerId === null ? tokenScopes.tenant : tokenScopes.customer
  const { onlyIfNamed = [] } = tokenScopes
  const requested = draft.scopes ?? possible.filter(scope => creator.scopes.has(scope) && !onlyIfNamed.includes(scope))
  const isTtl = Number.isInteger(ttlSeconds) && ttlSeconds >= MIN_TTL_SECONDS && ttlSeconds <= MAX_TTL_SECONDS
  const issues: Issue[] = [
    ...(customerId === null ? [] : checkText('customerId', customerId, { max: 256 })),
    ...(requested.length === 0 ? [{ path: 'scopes', message: `must name at least one of ${possible.join(', ')}` }] : []),
    ...requested.flatMap((scope, index) =>
      possible.includes(scope)
        ? []
        : [{ path: `scopes[${index}]`, message: `${quoteScope(scope)} is not a scope of such a token; these are ${possible.join(', ')}` }],
    ),
    ...(isTtl ? [] : [{ path: 'ttlSeconds', message: `must be a whole number from ${MIN_TTL_SECONDS} to ${MAX_TTL_SECONDS}` }]),
  ]
  if (issues.length > 0) throw new InvalidInput(issues)
  requireRights(draft, creator, requested)
  return { tenantId: draft.tenantId, customerId, scopes: possible.filter(scope => requested.includes(scope)), ttlSeconds }
}

function requireRights({ tenantId }: AccessTokenDraft, creator: Viewer, requested: readonly string[]): void {
  if (creator.kind === 'tenant' && creator.accessToken !== undefined) throw new Forbidden('An access token cannot create another one; use an API key.')
  if (creator.kind === 'tenant' && creator.tenantId !== tenantId) throw new Forbidden('Your API key cannot create tokens of another tenant.')
  const missing = requested.filter(scope => !creator.scopes.has(scope))
  if (missing.length > 0) {
    throw new Forbidden(`Your key does not have ${missing.map(scope => `"${scope}"`).join(', ')}, so it cannot create a token that does.`)
  }
}
