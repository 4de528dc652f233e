import { type Decimal, checkText, type Issue } from '@tollgate/kernel'
import { checkAmount } from './check-amount.ts'
import type { ExactPriceDraft, UnitPriceDraft } from './price-draft.ts'
import { unitKey } from '../unit-price.ts'

const MAX_NAME = 100
const MAX_PRICES = 200
const MAX_PER = 1_000_000_000

/** Returns what is wrong with the unit prices of a draft; empty if they are valid. */
export function checkUnitPrices({ units, perRequest }: Pick<ExactPriceDraft, 'units' | 'perRequest'>): readonly Issue[] {
  const prices = units ?? []
  const issues = prices.flatMap((unit, at) => {
    const path = `units[${at}]`
    const first = prices.findIndex(other => unitKey(other) === unitKey(unit))
    return [...checkUnitPrice(path, unit), ...(first === at ? [] : [{ path, message: `repeats the price of units[${first}]` }])]
  })
  if (prices.length > MAX_PRICES) issues.push({ path: 'units', message: `must have at most ${MAX_PRICES} prices, not ${prices.length}` })
  if (perRequest && prices.some(unit => unitKey(unit) === 'request')) {
    issues.push({ path: 'perRequest', message: 'conflicts with the price of the unit "request"; give one of them' })
  }
  return issues
}

function checkUnitPrice(path: string, { kind, variant, price, per }: UnitPriceDraft<Decimal>): readonly Issue[] {
  return [
    ...checkName(`${path}.kind`, kind),
    ...(variant === undefined || variant === null ? [] : checkName(`${path}.variant`, variant)),
    ...checkAmount(`${path}.price`, price),
    ...(per === undefined || per === null || (Number.isSafeInteger(per) && per >= 1 && per <= MAX_PER)
      ? []
      : [{ path: `${path}.per`, message: `must be a whole number of units from 1 to ${MAX_PER.toLocaleString('en')}, not ${per}` }]),
  ]
}

function checkName(path: string, name: string): readonly Issue[] {
  const issues = checkText(path, name, { max: MAX_NAME, visibleOnly: true })
  return issues.length === 0 && /\s/.test(name) ? [{ path, message: 'must not contain spaces' }] : issues
}
