import { Temporal } from '@tollgate/kernel'
import type { ApiKey } from './api-key.ts'

/** Returns a key as its previous secret sees it: it expires with that secret, if not before. */
export function apiKeyOfPreviousSecret(apiKey: ApiKey): ApiKey {
  const { expiresAt, previousSecretExpiresAt } = apiKey
  if (previousSecretExpiresAt === null) return apiKey
  const isEarlier = expiresAt === null || Temporal.Instant.compare(previousSecretExpiresAt, expiresAt) < 0
  return { ...apiKey, expiresAt: isEarlier ? previousSecretExpiresAt : expiresAt }
}
