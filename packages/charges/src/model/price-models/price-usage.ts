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

/** The lines of a price, or why there is none. Usage without a price never costs 0. */
export type PricedUsage = { readonly state: 'priced'; readonly lines: readonly PricedLine[] } | { readonly state: 'unpriced'; readonly reason: string }

/** Amounts that a percentage applies to. Costs have more decimal places than quantities. */
const TRANSACTION: NumeralBounds = { ...QUANTITY, scale: 24 }

/**
 * Prices metered usage. A price by quantity adds up the parts. A percentage treats each part as a transaction. A matrix
 * adds up the parts of each cell, so that tiers, blocks and included units count once per cell. Unpriced if a part has no
 * cell.
 *
 * The quantities of the lines add up to those of the parts. The order of parts only affects the order of transactions.
 * Throws `InvalidInput` for a quantity that is negative, too large or too precise.
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
      return priceAfterIncluded(checkQuantity('quantity', sumParts(parts), QUANTITY), model)
  }
}

/** Prices the units after the included ones. */
function priceAfterIncluded(quantity: Decimal, model: QuantityPrice): readonly PricedLine[] {
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
