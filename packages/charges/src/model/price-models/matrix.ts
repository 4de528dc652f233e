import type { Fields, ListSize } from '../drafts/read-draft.ts'

/** Stands for any value of a dimension. */
export const ANY = '*'

/** One cell: which values it is for, one for each dimension and `*` for any, and what holds there. */
export interface MatrixCell<Price> {
  readonly of: readonly string[]
  readonly price: Price
}

/**
 * Prices by dimensions: provider × model × pool. Of the cells that match, the most specific holds; there always is one
 * such, because a matrix in which two cells could tie is refused when it is defined.
 */
export interface Matrix<Price> {
  readonly kind: 'matrix'
  readonly dimensions: readonly string[]
  readonly cells: readonly MatrixCell<Price>[]
}

/** A matrix, to be defined. A cell leaves out the dimensions whose value does not matter, or says `*`. */
export interface MatrixDraft<PriceDraft> {
  readonly kind: 'matrix'
  readonly dimensions: readonly string[]
  readonly cells: readonly { readonly of: Readonly<Record<string, string>>; readonly price: PriceDraft }[]
}

const MAX_DIMENSIONS = 6
const CELLS: ListSize = { min: 1, max: 1_000 }

/** Reads a matrix; what its cells hold is read by `readPrice`. */
export function readMatrix<Price>(fields: Fields, readPrice: (fields: Fields) => Price): Matrix<Price> {
  const dimensions = fields.texts('dimensions')
  if (new Set(dimensions).size < dimensions.length) fields.addIssue('dimensions', 'must not name a dimension twice')
  if (dimensions.length > MAX_DIMENSIONS) fields.addIssue('dimensions', `must be at most ${MAX_DIMENSIONS}`)
  const cells = fields.list('cells', CELLS, cell => ({
    of: cell.nested('of', values => dimensions.map(dimension => values.optionalText(dimension) ?? ANY)),
    price: cell.nested('price', readPrice),
  }))
  if (dimensions.length <= MAX_DIMENSIONS) refuseTies(fields, dimensions, cells)
  return { kind: 'matrix', dimensions, cells }
}

/** The cell that holds for these values: the most specific of those that match. A missing value matches only `*`. */
export function findCell<Price>({ dimensions, cells }: Matrix<Price>, values: Readonly<Record<string, string>>): MatrixCell<Price> | undefined {
  const point = dimensions.map(dimension => (Object.hasOwn(values, dimension) ? values[dimension] : undefined))
  let found: MatrixCell<Price> | undefined
  for (const cell of cells) {
    const matches = cell.of.every((value, position) => value === ANY || value === point[position])
    if (matches && (found === undefined || exactValues(cell) > exactValues(found))) found = cell
  }
  return found
}

/** What a cell is called: "openai / gpt-5 / *". */
export function nameCell({ of }: Pick<MatrixCell<unknown>, 'of'>): string {
  return of.join(' / ')
}

function exactValues({ of }: Pick<MatrixCell<unknown>, 'of'>): number {
  return of.filter(value => value !== ANY).length
}

/**
 * Two cells that match the same values, and of which neither is more specific, tie: (openai, *) and (*, gpt-5) both
 * hold for openai's gpt-5. A third cell settles it if it is exactly where they meet: (openai, gpt-5). With every such
 * meeting in the matrix, the cells that match any values have one most specific among them.
 */
function refuseTies(fields: Fields, dimensions: readonly string[], cells: readonly MatrixCell<unknown>[]): void {
  // Reversed, so that of cells given twice the first has the place, and the others are refused.
  const places = new Map(cells.map((cell, position) => [keyOf(cell.of), position] as const).toReversed())
  cells.forEach((cell, position) => {
    if (places.get(keyOf(cell.of)) !== position) return fields.addIssue(`cells.${position}.of`, `is given twice: ${nameCell(cell)}`)
    for (const other of cells.slice(position + 1)) {
      const meeting = meet(cell.of, other.of)
      if (meeting === undefined || places.has(keyOf(meeting))) continue
      const values = dimensions.map((dimension, place) => `${dimension} ${meeting[place] ?? ANY}`).join(', ')
      return fields.addIssue(`cells.${position}.of`, `is ambiguous: ${nameCell(cell)} and ${nameCell(other)} both hold for ${values}; add a cell for that`)
    }
  })
}

/** Where two cells both match: of each dimension the exact value. Undefined where they never do. */
function meet(one: readonly string[], other: readonly string[]): readonly string[] | undefined {
  const meeting: string[] = []
  for (const [position, value] of one.entries()) {
    const opposite = other[position] ?? ANY
    if (value !== ANY && opposite !== ANY && value !== opposite) return undefined
    meeting.push(value === ANY ? opposite : value)
  }
  return meeting
}

function keyOf(of: readonly string[]): string {
  return JSON.stringify(of)
}
