import { Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import { type AmountInput, checkShape, inputShape, readAmount, shapeIssues } from '@tollgate/kernel/input'
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
  readonly value: AmountInput
  readonly everyDays?: number | null | undefined
  readonly compound?: boolean | undefined
  readonly maximumPercent?: AmountInput | null | undefined
}

/** Maximum days of grace, and of a reminder before or after the due date. */
export const MAX_COLLECTION_DAYS = 730
/** Maximum number of reminders. */
export const MAX_REMINDERS = 20
const MAX_PERCENT = 1_000

const POLICY = inputShape<CollectionPolicyDraft>({ graceDays: 'number', reminderDays: 'list', lateFee: 'object?', uncollectibleAfterDays: 'number?' })
const LATE_FEE = inputShape<LateFeeDraft>({ kind: 'text', value: 'anything?', everyDays: 'number?', compound: 'boolean?', maximumPercent: 'anything?' })

/** Makes a policy from a draft. Reminders are sorted. Throws `InvalidInput` with every issue. */
export function checkCollectionPolicy(draft: CollectionPolicyDraft): CollectionPolicy {
  checkShape(POLICY, draft)
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

function readLateFee(draft: LateFeeDraft, issues: Issue[]): LateFeeTerms | null {
  const misshapen = shapeIssues(LATE_FEE, draft, 'lateFee')
  if (misshapen !== undefined) {
    issues.push(...misshapen)
    return null
  }
  const { kind, value, everyDays = null, compound = false, maximumPercent = null } = draft
  if (kind !== 'percent' && kind !== 'fixed') issues.push({ path: 'lateFee.kind', message: 'must be one of percent, fixed' })
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

function readAboveZero(path: string, amount: AmountInput, { max, issues }: { readonly max: number | null; readonly issues: Issue[] }): Decimal {
  const value = readAmount(amount)
  if (value === undefined || value.lte(0)) issues.push({ path, message: 'must be a decimal above zero' })
  else if (max !== null && value.gt(max)) issues.push({ path, message: `must be at most ${max}` })
  return value ?? new Decimal(0)
}

function checkDays(path: string, days: number, min: number): Issue[] {
  const isValid = Number.isInteger(days) && days >= min && days <= MAX_COLLECTION_DAYS
  return isValid ? [] : [{ path, message: `must be a whole number from ${min} to ${MAX_COLLECTION_DAYS}, not ${days}` }]
}
