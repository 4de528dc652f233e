import { TENANTS_SETTING } from './migrations/tenant-isolation.ts'

/**
 * Sets the scope `$1` for a transaction. A parameter and not a part of the text, which other sessions of the role can read
 * in `pg_stat_activity`.
 */
export const SET_SCOPE = { name: 'set-scope', text: `select set_config('${TENANTS_SETTING}', $1, true)` }
