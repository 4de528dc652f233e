import { checkChargeRule } from '@tollgate/charges'
import { checkText, InvalidInput, isDomainError, type Issue, minorUnits } from '@tollgate/kernel'
import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import {
  type BillingPlan,
  FEE_INTERVALS,
  FEE_TIMINGS,
  type PlanCreditAllowance,
  type PlanQuotas,
  type PlanUsageCharge,
  type SeatTerms,
} from '../../model/plans/billing-plan.ts'
import type { BillingPlanDraft } from '../../model/plans/billing-plan-draft.ts'
import { MAX_SEATS, MAX_TRIAL_DAYS } from '../../model/subscriptions/limits.ts'
import { readPlanAmount } from './read-plan-amount.ts'

const NAME = /^[a-z0-9][a-z0-9_-]{0,49}$/
const CHARGE_NAME = /^[a-z0-9][a-z0-9_-]{0,29}$/
const MAX_TITLE = 100
const MAX_DESCRIPTION = 1_000
const MAX_USAGE_CHARGES = 50
const MAX_RANK = 1_000_000

/** A checked plan, before it has a version. */
export type CheckedPlan = Omit<BillingPlan, 'version' | 'key' | 'publishedAt'>

const SEATS = inputShape<NonNullable<BillingPlanDraft['seats']>>({ included: 'number?', unitPrice: 'anything?' })
const ALLOWANCE = inputShape<NonNullable<BillingPlanDraft['creditAllowance']>>({ amount: 'anything?', rolloverPercent: 'anything?' })
const USAGE_CHARGE = inputShape<NonNullable<BillingPlanDraft['usageCharges']>[number]>({ name: 'text', terms: 'object' })

/** Checks the quotas of a plan, and returns what is wrong with them. Paths are relative to the quotas. */
export type CheckQuotas = (quotas: NonNullable<BillingPlanDraft['quotas']>) => readonly Issue[]

/** Checks a draft and returns the plan. Throws `InvalidInput` that names every invalid field. */
export function checkBillingPlan(draft: BillingPlanDraft, checkQuotas: CheckQuotas = () => []): CheckedPlan {
  const issues: Issue[] = []
  const { name, title, quotas = null } = draft
  if (!NAME.test(name)) {
    issues.push({ path: 'name', message: 'must be 1 to 50 lower-case letters, digits, hyphens or underscores, beginning with a letter or digit' })
  }
  issues.push(...checkText('title', title, { max: MAX_TITLE }))
  const description = draft.description ?? null
  if (description !== null) issues.push(...checkText('description', description, { max: MAX_DESCRIPTION }))
  const currency = draft.currency ?? 'USD'
  issues.push(...currencyIssues(currency))
  const feeInterval = draft.feeInterval ?? 'month'
  if (!FEE_INTERVALS.includes(feeInterval)) issues.push({ path: 'feeInterval', message: `must be one of ${FEE_INTERVALS.join(', ')}` })
  const feeTiming = draft.feeTiming ?? 'in_advance'
  if (!FEE_TIMINGS.includes(feeTiming)) issues.push({ path: 'feeTiming', message: `must be one of ${FEE_TIMINGS.join(', ')}` })
  const recurringFee = readPlanAmount(draft.recurringFee ?? '0', { path: 'recurringFee' }, issues)
  const minimumCommitment = optionalAmount(draft, 'minimumCommitment', issues)
  const creditValue = optionalAmount(draft, 'creditValue', issues)
  const trialDays = readCount(draft.trialDays ?? 0, { path: 'trialDays', max: MAX_TRIAL_DAYS }, issues)
  const rank = readCount(draft.rank ?? 0, { path: 'rank', max: MAX_RANK }, issues)
  const seats = readSeats(draft, issues)
  const usageCharges = readUsageCharges(draft, issues)
  const creditAllowance = readAllowance(draft, issues)
  if (quotas !== null) issues.push(...checkQuotas(quotas).map(issue => within('quotas', issue)))
  if (issues.length > 0) throw new InvalidInput(issues)
  return {
    name,
    title,
    description,
    currency,
    feeInterval,
    feeTiming,
    recurringFee,
    seats,
    usageCharges,
    minimumCommitment,
    // As it is stored: amounts and times are texts.
    quotas: quotas && (JSON.parse(JSON.stringify(quotas)) as PlanQuotas),
    creditAllowance,
    creditValue,
    trialDays,
    rank,
  }
}

function optionalAmount(draft: BillingPlanDraft, path: 'minimumCommitment' | 'creditValue', issues: Issue[]) {
  const amount = draft[path] ?? null
  return amount === null ? null : readPlanAmount(amount, { path, isAboveZero: true }, issues)
}

function readCount(value: number, { path, max }: { readonly path: string; readonly max: number }, issues: Issue[]): number {
  if (!Number.isInteger(value) || value < 0 || value > max) issues.push({ path, message: `must be an integer from 0 to ${max}, not ${value}` })
  return value
}

function readSeats({ seats }: BillingPlanDraft, issues: Issue[]): SeatTerms | null {
  if (seats === null || seats === undefined) return null
  const misshapen = shapeIssues(SEATS, seats, 'seats')
  if (misshapen !== undefined) {
    issues.push(...misshapen)
    return null
  }
  const included = readCount(seats.included ?? 0, { path: 'seats.included', max: MAX_SEATS }, issues)
  return { included, unitPrice: readPlanAmount(seats.unitPrice, { path: 'seats.unitPrice' }, issues) }
}

function readUsageCharges({ usageCharges }: BillingPlanDraft, issues: Issue[]): readonly PlanUsageCharge[] {
  const charges = usageCharges ?? []
  if (charges.length > MAX_USAGE_CHARGES) issues.push({ path: 'usageCharges', message: `must have at most ${MAX_USAGE_CHARGES} items` })
  const names = new Set<string>()
  return charges.slice(0, MAX_USAGE_CHARGES).flatMap((charge, position): PlanUsageCharge[] => {
    const path = `usageCharges.${position}`
    const misshapen = shapeIssues(USAGE_CHARGE, charge, path)
    if (misshapen !== undefined) {
      issues.push(...misshapen)
      return []
    }
    const { name, terms } = charge
    if (!CHARGE_NAME.test(name)) issues.push({ path: `${path}.name`, message: 'must be 1 to 30 lower-case letters, digits, hyphens or underscores' })
    if (names.has(name)) issues.push({ path: `${path}.name`, message: 'is the name of an earlier item' })
    names.add(name)
    try {
      return [{ name, terms: checkChargeRule({ name: 'checked', terms }) }]
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      issues.push(...error.issues.map(issue => within(`${path}.terms`, issue)))
      return []
    }
  })
}

function readAllowance({ creditAllowance }: BillingPlanDraft, issues: Issue[]): PlanCreditAllowance | null {
  if (creditAllowance === null || creditAllowance === undefined) return null
  const misshapen = shapeIssues(ALLOWANCE, creditAllowance, 'creditAllowance')
  if (misshapen !== undefined) {
    issues.push(...misshapen)
    return null
  }
  const amount = readPlanAmount(creditAllowance.amount, { path: 'creditAllowance.amount', isAboveZero: true }, issues)
  const percent = creditAllowance.rolloverPercent ?? null
  const rolloverPercent = percent === null ? null : readPlanAmount(percent, { path: 'creditAllowance.rolloverPercent', max: '100' }, issues)
  return { amount, rolloverPercent }
}

function currencyIssues(currency: string): readonly Issue[] {
  try {
    minorUnits(currency)
    return []
  } catch (error) {
    if (!isDomainError(error)) throw error
    return [{ path: 'currency', message: error.message }]
  }
}

function within(parent: string, { path, message }: Issue): Issue {
  return { path: path === '' ? parent : `${parent}.${path}`, message }
}
