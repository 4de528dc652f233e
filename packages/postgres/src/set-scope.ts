import { TENANTS_SETTING } from './migrations/tenant-isolation.ts'

/** The statement that sets the scope `$1` for a transaction. */
export interface SetScope {
  /** Undefined if prepared statements have no names. */
  readonly name: string | undefined
  readonly text: string
}

/**
 * Returns the statement that sets the scope `$1` and these settings for a transaction, with times in UTC. The scope is a
 * parameter and not a part of the text, which other sessions of the role can read in `pg_stat_activity`. The settings belong to
 * the transaction and not to the session, because a pooler may share the session with others.
 */
export function setScopeStatement(settings: readonly (readonly [name: string, value: string | number])[]): { readonly name: string; readonly text: string } {
  const all = [['TimeZone', 'UTC'], ...settings].map(([name, value]) => `, set_config('${name}', '${value}', true)`)
  return { name: 'set-scope', text: `select set_config('${TENANTS_SETTING}', $1, true)${all.join('')}` }
}
