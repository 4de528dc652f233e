import { createHmac } from 'node:crypto'
import type { Scope } from '@tollgate/kernel'
import { tenantsSetting } from './migrations/tenant-isolation.ts'

/** Returns the value of the setting for a scope, with the signature that PostgreSQL checks. */
export type ScopeSigner = (scope: Scope) => string

/** Most transactions carry one of a few scopes. */
const MAX_REMEMBERED = 1_000

/** Creates a signer with a key in hexadecimal. */
export function scopeSigner(key: string): ScopeSigner {
  const bytes = Buffer.from(key, 'hex')
  const signed = new Map<string, string>()
  return scope => {
    const setting = tenantsSetting(scope)
    const known = signed.get(setting)
    if (known !== undefined) return known
    const result = `${createHmac('sha256', bytes).update(setting).digest('hex')}:${setting}`
    if (signed.size === MAX_REMEMBERED) signed.clear()
    signed.set(setting, result)
    return result
  }
}
