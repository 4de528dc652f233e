import type { TenantRowFragment } from './tenants.operations.ts'

/** Returns whether a tenant is one that was searched for: each word is found somewhere in it. */
export function matchesTenant({ id, name, tier, timeZone, currency }: Omit<TenantRowFragment, 'createdAt' | 'testClock'>, searched: string): boolean {
  const text = [id, name, tier ?? '', timeZone, currency].join('\n').toLowerCase()
  return searched
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
