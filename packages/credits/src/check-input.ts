import { checkText, InvalidInput, type Issue, NOT_STORABLE, isStorableText } from '@tollgate/kernel'
import type { KeyUse } from './engine/command.ts'
import { MAX_DESCRIPTION_LENGTH, MAX_KEY_LENGTH } from './model/limits.ts'

/** Checks a description or reason; null if there is none. */
export function readDescription(text: string | null | undefined, path: string, issues: Issue[]): string | null {
  if (text === null || text === undefined) return null
  if (text.length > MAX_DESCRIPTION_LENGTH) issues.push({ path, message: `must be at most ${MAX_DESCRIPTION_LENGTH} characters, not ${text.length}` })
  if (!isStorableText(text)) issues.push({ path, message: NOT_STORABLE })
  return text
}

/** Checks an idempotency key, and describes what it is used for. Operations that differ in `values` have different fingerprints. */
export function readKey(key: string, kind: string, values: readonly unknown[], issues: Issue[]): KeyUse {
  issues.push(...checkText('idempotencyKey', key, { max: MAX_KEY_LENGTH }))
  return { key, fingerprint: JSON.stringify([kind, ...values]) }
}

/** Throws `InvalidInput` if there are issues. */
export function throwIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new InvalidInput(issues)
}
