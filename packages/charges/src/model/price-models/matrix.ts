import type { Fields, ListSize } from '../drafts/read-draft.ts'

/** Matches any value of a dimension. */
export const ANY = '*'

/** A cell: one value for each dimension, or `*` for any value, and the price for them. */
export interface MatrixCell<Price> {
  readonly of: readonly string[]
  readonly price: Price
}

/**
 * Prices by dimensions, such as provider × model × pool. The most specific matching cell applies. There is always exactly
 * one, because a matrix with ambiguous cells is rejected.
 */
export interface Matrix<Price> {
  readonly kind: 'matrix'
  readonly dimensions: readonly string[]
  readonly cells: readonly MatrixCell<Price>[]
}

/** Input of a matrix. A dimension that a cell omits, or sets to `*`, matches any value. */
export interface MatrixDraft<PriceDraft> {
  readonly kind: 'matrix'
  readonly dimensions: readonly string[]
  readonly cells: readonly { readonly of: Readonly<Record<string, string>>; readonly price: PriceDraft }[]
}

const MAX_DIMENSIONS = 6
const CELLS: ListSize = { min: 1, max: 1_000 }

/** Reads a matrix. `readPrice` reads the price of a cell. */
export function readMatrix<Price>(fields: Fields, readPrice: (fields: Fields) => Price): Matrix<Price> {
  const dimensions = fields.texts('dimensions')
  if (new Set(dimensions).size < dimensions.length) fields.addIssue('dimensions', 'must not name a dimension twice')
  if (dimensions.length > MAX_DIMENSIONS) fields.addIssue('dimensions', `must be at most ${MAX_DIMENSIONS} dimensions`)
  const cells = fields.list('cells', CELLS, cell => ({
    of: cell.nested('of', values => dimensions.map(dimension => values.optionalText(dimension) ?? ANY)),
    price: cell.nested('price', readPrice),
  }))
  if (dimensions.length <= MAX_DIMENSIONS) rejectAmbiguousCells(fields, dimensions, cells)
  return { kind: 'matrix', dimensions, cells }
}

/** Returns the most specific cell that matches these values. A missing value matches only `*`. */
export function findCell<Price>({ dimensions, cells }: Matrix<Price>, values: Readonly<Record<string, string>>): MatrixCell<Price> | undefined {
  const point = dimensions.map(dimension => (Object.hasOwn(values, dimension) ? values[dimension] : undefined))
  let found: MatrixCell<Price> | undefined
  for (const cell of cells) {
    const matches = cell.of.every((value, position) => value === ANY || value === point[position])
    if (matches && (found === undefined || exactValues(cell) > exactValues(found))) found = cell
  }
  return found
}

/** Returns the name of a cell: "openai / gpt-5 / *". */
export function nameCell({ of }: Pick<MatrixCell<unknown>, 'of'>): string {
  return of.join(' / ')
}

function exactValues({ of }: Pick<MatrixCell<unknown>, 'of'>): number {
  return of.filter(value => value !== ANY).length
}

/**
 * Rejects ambiguous cells. Two cells are ambiguous if both match some values and neither is more specific: (openai, *) and
 * (*, gpt-5) both match openai's gpt-5. A third cell for exactly these values resolves it: (openai, gpt-5). If all such
 * intersections have a cell, there is one most specific match for any values.
 */
function rejectAmbiguousCells(fields: Fields, dimensions: readonly string[], cells: readonly MatrixCell<unknown>[]): void {
  // Reversed, so that the first of duplicate cells is kept, and the others are rejected.
  const places = new Map(cells.map((cell, position) => [keyOf(cell.of), position] as const).toReversed())
  cells.forEach((cell, position) => {
    if (places.get(keyOf(cell.of)) !== position) return fields.addIssue(`cells.${position}.of`, `is a duplicate: ${nameCell(cell)}`)
    for (const other of cells.slice(position + 1)) {
      const intersection = intersect(cell.of, other.of)
      if (intersection === undefined || places.has(keyOf(intersection))) continue
      const values = dimensions.map((dimension, place) => `${dimension} ${intersection[place] ?? ANY}`).join(', ')
      return fields.addIssue(
        `cells.${position}.of`,
        `is ambiguous: ${nameCell(cell)} and ${nameCell(other)} both match ${values}; add a cell for exactly these values`,
      )
    }
  })
}

/** Returns the values that two cells both match. Undefined if there are none. */
function intersect(one: readonly string[], other: readonly string[]): readonly string[] | undefined {
  const values: string[] = []
  for (const [position, value] of one.entries()) {
    const opposite = other[position] ?? ANY
    if (value !== ANY && opposite !== ANY && value !== opposite) return undefined
    values.push(value === ANY ? opposite : value)
  }
  return values
}

function keyOf(of: readonly string[]): string {
  return JSON.stringify(of)
}
