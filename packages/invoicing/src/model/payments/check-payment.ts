import { checkText, Decimal, type Issue, minorUnits } from '@tollgate/kernel'
import { type AmountInput, readAmount } from '@tollgate/kernel/input'

/** Maximum length of an idempotency key. */
export const MAX_KEY_LENGTH = 255
/** Maximum length of a reference or reason. */
export const MAX_REFERENCE_LENGTH = 500
/** Amounts are below this. */
export const MAX_AMOUNT: Decimal = /* @__PURE__ */ new Decimal('1e15')

/** Reads an amount of a payment or refund: above zero, in whole minor units of its currency. Adds an issue otherwise. */
export function readPaymentAmount(amount: AmountInput, currency: string, issues: Issue[]): Decimal | undefined {
  const value = readAmount(amount)
  const scale = minorUnits(currency)
  const problem = problemOf(value, scale)
  if (problem === undefined) return value
  issues.push({ path: 'amount', message: problem })
  return undefined
}

function problemOf(value: Decimal | undefined, scale: number): string | undefined {
  if (value === undefined || !value.isFinite()) return 'must be a plain decimal number, such as "12.50"'
  if (value.lte(0)) return `must be above zero, not ${value.toFixed()}`
  if (value.gte(MAX_AMOUNT)) return `must be below ${MAX_AMOUNT.toFixed()}`
  return value.decimalPlaces() > scale ? `must have at most ${scale} decimal places, not ${value.toFixed()}` : undefined
}

/** Returns the problems of an idempotency key. */
export function checkIdempotencyKey(key: string): Issue[] {
  return checkText('idempotencyKey', key, { max: MAX_KEY_LENGTH, visibleOnly: true })
}

/** Returns the problems of an optional text. */
export function checkReference(path: string, text: string | null): Issue[] {
  return text === null ? [] : checkText(path, text, { max: MAX_REFERENCE_LENGTH })
}
