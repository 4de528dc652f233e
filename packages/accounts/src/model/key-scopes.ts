import { checkShape, inputShape } from '@tollgate/kernel/input'

/** The scopes that API keys can have. A scope is a permission, such as "usage:read". */
export interface KeyScopes {
  /** For any key. A tenant key uses them on its own tenant, an operator key on every tenant. */
  readonly tenant: readonly string[]
  /** Concern all tenants, so only operator keys can have them. */
  readonly operatorOnly: readonly string[]
}

const SHAPE = /* @__PURE__ */ inputShape<KeyScopes>({ tenant: 'list', operatorOnly: 'list' })

/** Throws `InvalidInput` for scopes that an option does not list. */
export function checkKeyScopes(keyScopes: KeyScopes): void {
  checkShape(SHAPE, keyScopes, 'keyScopes')
}

/** Returns the start of what was given as a scope, in quotes. Programs in JavaScript can give anything. */
export function quoteScope(scope: unknown): string {
  return `"${String(scope).slice(0, 40)}"`
}

/** Returns every scope, those of tenants first. */
export function allScopes({ tenant, operatorOnly }: KeyScopes): readonly string[] {
  return [...tenant, ...operatorOnly]
}
