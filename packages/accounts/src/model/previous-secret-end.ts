import { InvalidInput, Temporal } from '@tollgate/kernel'
import { optionalTime } from '@tollgate/kernel/input'
import type { ApiKeyRotation } from './api-key.ts'

const DEFAULT_OVERLAP_HOURS = 24
const MAX_OVERLAP_HOURS = 90 * 24

/** Returns when a secret that is replaced now stops working. Throws `InvalidInput`. */
export function previousSecretEnd({ previousSecretExpiresAt }: ApiKeyRotation, now: Temporal.Instant): Temporal.Instant {
  const end = optionalTime('previousSecretExpiresAt', previousSecretExpiresAt) ?? now.add({ hours: DEFAULT_OVERLAP_HOURS })
  if (Temporal.Instant.compare(end, now.add({ hours: MAX_OVERLAP_HOURS })) > 0) {
    throw new InvalidInput([{ path: 'previousSecretExpiresAt', message: 'must be at most 90 days from now' }])
  }
  return Temporal.Instant.compare(end, now) < 0 ? now : end
}
