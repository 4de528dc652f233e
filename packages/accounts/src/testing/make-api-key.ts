import { Temporal } from '@tollgate/kernel'
import type { ApiKey } from '../model/api-key.ts'

/** Makes an API key for tests. `number` decides its id: a key with a higher number is newer. */
export function makeApiKey({ number, ...values }: Partial<ApiKey> & { readonly number: number }): ApiKey {
  return {
    id: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    tenantId: null,
    name: `key ${number}`,
    prefix: 'tg_4fGh2kLm',
    scopes: ['usage:read'],
    createdAt: Temporal.Instant.from('2026-11-20T09:00:00Z'),
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    previousSecretExpiresAt: null,
    ...values,
  }
}
