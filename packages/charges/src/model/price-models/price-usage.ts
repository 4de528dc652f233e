import { Decimal, InvalidInput } from '@tollgate/kernel'
import { type NumeralBounds, outOfBounds, QUANTITY } from '../numbers/numeral.ts'
import { boundLines } from './bound-lines.ts'
import { priceFlatFee } from './flat-fee.ts'
import { priceGraduated } from './graduated.ts'
import { findCell, type MatrixCell, nameCell } from './matrix.ts'
import { pricePackage } from './package-price.ts'
import { pricePercentage } from './percentage.ts'
import { pricePerUnit } from './per-unit.ts'
import { chargeUnits, type PricedLine } from './priced-line.ts'
import type { AnyPriceModel, PriceModel, QuantityPrice } from './price-model.ts'
import { sumParts, type UsagePart } from './usage-part.ts'
import { priceVolume } from './volume.ts'

/** The lines of a price, or why there is none. Never a price of 0 for what no price is known for. */
export type PricedUsage = { readonly state: 'priced'; readonly lines: readonly PricedLine[] } | { readonly state: 'unpriced'; readonly reason: string }

/** Amounts that a percentage is of: the costs of calls have more digits than quantities. */
const TRANSACTION: NumeralBounds = { ...QUANTITY, scale: 24 }

/**
 * Prices what was metered. A price by quantity takes the parts together; a percentage takes each as a transaction; a
 * matrix prices the parts that meet in one cell together, cell by cell in the matrix' order, so that tiers, blocks and
 * included units are counted once a cell. Unpriced where a part has no cell.
 *
 * The lines' quantities sum to the parts'; the order of parts matters for nothing but the order of transactions.
 * Throws `InvalidInput` for a quantity that is negative, too large or has too many digits.
 */
export function priceUsage(model: PriceModel, parts: readonly UsagePart[]): PricedUsage {
  return priceParts(model, parts)
}

function priceParts(model: AnyPriceModel, parts: readonly UsagePart[]): PricedUsage {
  if (model.kind === 'matrix') return priceMatrix(model, parts)
  const bounds = model.kind === 'percentage' ? TRANSACTION : QUANTITY
  parts.forEach(({ quantity }, position) => checkQuantity(`parts.${position}.quantity`, quantity, bounds))
  return { state: 'priced', lines: boundLines(priceLines(model, parts), model.bounds) }
}

function priceLines(model: Exclude<AnyPriceModel, { kind: 'matrix' }>, parts: readonly UsagePart[]): readonly PricedLine[] {
  switch (model.kind) {
    case 'flat-fee':
      return priceFlatFee(sumParts(parts), model)
    case 'percentage':
      return parts.flatMap(({ quantity }, position) => prefixed(parts.length > 1 ? `transaction ${position + 1}: ` : '', pricePercentage(quantity, model)))
    case 'per-unit':
    case 'package':
    case 'graduated':
    case 'volume':
      return priceBehindIncluded(checkQuantity('quantity', sumParts(parts), QUANTITY), model)
  }
}

/** The first units are free; the price sees what is behind them. */
function priceBehindIncluded(quantity: Decimal, model: QuantityPrice): readonly PricedLine[] {
  const included = Decimal.min(quantity, model.includedUnits ?? 0)
  const lines = priceQuantity(quantity.minus(included), model)
  return included.isZero() ? lines : [chargeUnits('included units', included, new Decimal(0)), ...lines]
}

function priceQuantity(quantity: Decimal, model: QuantityPrice): readonly PricedLine[] {
  switch (model.kind) {
    case 'per-unit':
      return pricePerUnit(quantity, model)
    case 'package':
      return pricePackage(quantity, model)
    case 'graduated':
      return priceGraduated(quantity, model)
    case 'volume':
      return priceVolume(quantity, model)
  }
}

function priceMatrix(matrix: Extract<AnyPriceModel, { kind: 'matrix' }>, parts: readonly UsagePart[]): PricedUsage {
  const met = new Map<MatrixCell<AnyPriceModel>, UsagePart[]>()
  for (const part of parts) {
    const cell = findCell(matrix, part.dimensions)
    if (cell === undefined) return { state: 'unpriced', reason: `the price has no cell for ${nameValues(matrix.dimensions, part)}` }
    const own = met.get(cell)
    if (own) own.push(part)
    else met.set(cell, [part])
  }
  const lines: PricedLine[] = []
  for (const cell of matrix.cells) {
    const own = met.get(cell)
    if (own === undefined) continue
    const priced = priceParts(cell.price, own)
    if (priced.state === 'unpriced') return priced
    lines.push(...prefixed(`${nameCell(cell)}: `, priced.lines))
  }
  return { state: 'priced', lines: boundLines(lines, matrix.bounds) }
}

function nameValues(dimensions: readonly string[], { dimensions: values }: UsagePart): string {
  return dimensions.map(dimension => `${dimension} ${JSON.stringify(values[dimension] ?? null)}`).join(', ')
}

function prefixed(prefix: string, lines: readonly PricedLine[]): readonly PricedLine[] {
  return prefix === '' ? lines : lines.map(line => ({ ...line, label: prefix + line.label }))
}

function checkQuantity(path: string, quantity: Decimal, bounds: NumeralBounds): Decimal {
  const message = outOfBounds(quantity, bounds)
  if (message !== undefined) throw new InvalidInput([{ path, message }])
  return quantity
}
