import { Decimal, InvalidInput, type Issue, parseDecimal } from '@tollgate/kernel'
import type { CollectionPolicy, LateFeeTerms } from './collection-policy.ts'

/** A policy before it is checked. */
export interface CollectionPolicyDraft {
  readonly graceDays: number
  readonly reminderDays: readonly number[]
  readonly lateFee?: LateFeeDraft | null | undefined
  readonly uncollectibleAfterDays?: number | null | undefined
}

/** Terms of a late fee before they are checked. */
export interface LateFeeDraft {
  readonly kind: LateFeeTerms['kind']
  readonly value: Decimal | string
  readonly everyDays?: number | null | undefined
  readonly compound?: boolean
  readonly maximumPercent?: Decimal | string | null | undefined
}

/** Maximum days of grace, and of a reminder before or after the due date. */
export const MAX_COLLECTION_DAYS = 730
/** Maximum number of reminders. */
export const MAX_REMINDERS = 20
const MAX_PERCENT = 1_000

/** Makes a policy from a draft. Reminders are sorted. Throws `InvalidInput` with every issue. */
export function checkCollectionPolicy(draft: CollectionPolicyDraft): CollectionPolicy {
  const { graceDays, reminderDays, lateFee = null, uncollectibleAfterDays = null } = draft
  const issues: Issue[] = [...checkDays('graceDays', graceDays, 0)]
  reminderDays.forEach((day, i) => issues.push(...checkDays(`reminderDays[${i}]`, day, -MAX_COLLECTION_DAYS)))
  if (reminderDays.length > MAX_REMINDERS) issues.push({ path: 'reminderDays', message: `must be at most ${MAX_REMINDERS}, not ${reminderDays.length}` })
  if (new Set(reminderDays).size < reminderDays.length) issues.push({ path: 'reminderDays', message: 'must not name a day twice' })
  if (uncollectibleAfterDays !== null) {
    issues.push(...checkDays('uncollectibleAfterDays', uncollectibleAfterDays, 1))
    if (uncollectibleAfterDays < graceDays) issues.push({ path: 'uncollectibleAfterDays', message: `must not be less than graceDays, ${graceDays}` })
  }
  const terms = lateFee === null ? null : readLateFee(lateFee, issues)
  if (issues.length > 0) throw new InvalidInput(issues)
  return { graceDays, reminderDays: [...reminderDays].sort((one, other) => one - other), lateFee: terms, uncollectibleAfterDays }
}

function readLateFee({ kind, value, everyDays = null, compound = false, maximumPercent = null }: LateFeeDraft, issues: Issue[]): LateFeeTerms {
  if (everyDays !== null) issues.push(...checkDays('lateFee.everyDays', everyDays, 1))
  if (compound && kind === 'fixed') issues.push({ path: 'lateFee.compound', message: 'must be false for a fixed fee' })
  if (compound && everyDays === null) issues.push({ path: 'lateFee.compound', message: 'needs everyDays: a single fee cannot compound' })
  return {
    kind,
    value: readAboveZero('lateFee.value', value, { max: kind === 'percent' ? MAX_PERCENT : null, issues }),
    everyDays,
    compound,
    maximumPercent: maximumPercent === null ? null : readAboveZero('lateFee.maximumPercent', maximumPercent, { max: MAX_PERCENT, issues }),
  }
}

function readAboveZero(path: string, amount: Decimal | string, { max, issues }: { readonly max: number | null; readonly issues: Issue[] }): Decimal {
  const value = typeof amount === 'string' ? parseDecimal(amount) : amount
  if (value === undefined || !value.isFinite() || value.lte(0)) issues.push({ path, message: 'must be a decimal above zero' })
  else if (max !== null && value.gt(max)) issues.push({ path, message: `must be at most ${max}` })
  return value ?? new Decimal(0)
}

function checkDays(path: string, days: number, min: number): Issue[] {
  const isValid = Number.isInteger(days) && days >= min && days <= MAX_COLLECTION_DAYS
  return isValid ? [] : [{ path, message: `must be a whole number from ${min} to ${MAX_COLLECTION_DAYS}, not ${days}` }]
}
