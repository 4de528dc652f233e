import { isUtf8 } from 'node:buffer'

/** What identifies a quota: a limit of a tenant, for one value of its scope. It stays the same in every window, with every limit. */
export interface QuotaKey {
  readonly tenantId: string
  readonly limitKey: string
  readonly scopeValue: readonly (string | null)[]
}

/** Returns a quota's key as an id without a prefix. */
export function encodeQuotaKey({ tenantId, limitKey, scopeValue }: QuotaKey): string {
  return Buffer.from(JSON.stringify([tenantId, limitKey, ...scopeValue])).toString('base64url')
}

/** Reads the key of a quota from its id. Undefined if the id is not one that `encodeQuotaKey` returned. */
export function decodeQuotaKey(id: string): QuotaKey | undefined {
  const bytes = Buffer.from(id, 'base64url')
  const parts = isUtf8(bytes) ? parseList(bytes.toString()) : undefined
  const [tenantId, limitKey, ...scopeValue] = parts ?? []
  if (typeof tenantId !== 'string' || typeof limitKey !== 'string') return undefined
  return scopeValue.every(value => value === null || typeof value === 'string') ? { tenantId, limitKey, scopeValue } : undefined
}

function parseList(json: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(json)
    return Array.isArray(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
