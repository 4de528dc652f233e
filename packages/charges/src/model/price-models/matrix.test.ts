import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDraft } from '../drafts/read-draft.ts'
import { ANY, findCell, readMatrix } from './matrix.ts'

type Of = Readonly<Record<string, string>>

/** A matrix whose prices are names, for tables. */
const matrix = (dimensions: readonly string[], cells: readonly Of[]) =>
  readDraft({ dimensions, cells: cells.map((of, name) => ({ of, price: { name: `${name}` } })) }, fields => readMatrix(fields, price => price.text('name')))

const catalogue = matrix(
  ['provider', 'model', 'pool'],
  [
    {},
    { provider: 'openai' },
    { provider: 'openai', model: 'gpt-5' },
    { provider: 'openai', model: 'gpt-5', pool: 'cacheRead' },
    { pool: 'cacheRead' },
    { provider: 'openai', pool: 'cacheRead' }, // where the second and the previous cell intersect
    { provider: ANY, model: 'llama', pool: ANY },
    { provider: 'openai', model: 'llama' },
    { model: 'llama', pool: 'cacheRead' },
    { provider: 'openai', model: 'llama', pool: 'cacheRead' },
  ],
)

describe.each([
  { values: { provider: 'mistral', model: 'large', pool: 'input' }, cell: '0' },
  { values: { provider: 'openai', model: 'gpt-4', pool: 'input' }, cell: '1' },
  { values: { provider: 'openai', model: 'gpt-5', pool: 'input' }, cell: '2' },
  { values: { provider: 'openai', model: 'gpt-5', pool: 'cacheRead' }, cell: '3' },
  { values: { provider: 'mistral', model: 'large', pool: 'cacheRead' }, cell: '4' },
  { values: { provider: 'openai', model: 'gpt-4', pool: 'cacheRead' }, cell: '5' },
  { values: { provider: 'groq', model: 'llama', pool: 'input' }, cell: '6' },
  { values: { provider: 'groq', model: 'llama', pool: 'cacheRead' }, cell: '8' },
  { values: { provider: 'openai' }, cell: '1' }, // a missing value matches only the wildcard
  { values: { provider: 'OpenAI' }, cell: '0' }, // values are case-sensitive
  { values: {}, cell: '0' },
] satisfies { values: Of; cell: string }[])('matrix: $values', ({ values, cell }) => {
  it(`is cell ${cell}`, () => {
    expect(findCell(catalogue, values)?.price).toBe(cell)
  })
})

it('matrix: returns no cell if none matches', () => {
  const narrow = matrix(['provider'], [{ provider: 'openai' }])
  expect(findCell(narrow, { provider: 'mistral' })).toBeUndefined()
  expect(findCell(narrow, {})).toBeUndefined()
})

describe.each([
  {
    name: 'two ambiguous cells',
    dimensions: ['a', 'b'],
    cells: [{ a: '1' }, { b: '2' }],
    message: /cells\.0\.of: is ambiguous: 1 \/ \* and \* \/ 2 both match a 1, b 2/,
  },
  { name: 'a duplicate cell', dimensions: ['a', 'b'], cells: [{ a: '1' }, { a: '1', b: '*' }], message: /cells\.1\.of: is a duplicate/ },
  { name: 'a duplicate dimension', dimensions: ['a', 'a'], cells: [{}], message: /dimensions: must not name a dimension twice/ },
  { name: 'a value of an unknown dimension', dimensions: ['a'], cells: [{ c: '1' }], message: /cells\.0\.of\.c: is not a known field/ },
  { name: 'no cells', dimensions: ['a'], cells: [], message: /cells: must be a list of 1 to 1000/ },
  {
    name: 'three cells that intersect in a cell of two',
    dimensions: ['a', 'b', 'c'],
    cells: [{ a: '1' }, { b: '1' }, { a: '1', b: '1' }, { c: '1' }],
    message: /ambiguous/,
  },
] satisfies { name: string; dimensions: string[]; cells: Of[]; message: RegExp }[])('a matrix with $name', ({ dimensions, cells, message }) => {
  it('is rejected', () => {
    expect(() => matrix(dimensions, cells)).toThrow(message)
  })
})

it('any matrix that is accepted has one most specific cell for any values, in any order of cells', () => {
  const value = fc.constantFrom('1', '2', ANY)
  const cell = fc.record({ a: value, b: value, c: value })
  const cells = fc.uniqueArray(cell, { minLength: 1, maxLength: 8, selector: of => JSON.stringify(of) })
  const inTwoOrders = cells.chain(ofs => fc.record({ ofs: fc.constant(ofs), shuffled: fc.shuffledSubarray(ofs, { minLength: ofs.length }) }))
  const accepted = { some: 0, refused: 0 }
  fc.assert(
    fc.property(inTwoOrders, ({ ofs, shuffled }) => {
      const made = attempt(() => matrix(['a', 'b', 'c'], ofs))
      const again = attempt(() => matrix(['a', 'b', 'c'], shuffled))
      expect(again === undefined).toBe(made === undefined)
      const ties = points.filter(point => mostSpecific(ofs, point).length > 1)
      // Includes values that no cell names, so that listing all known values does not replace a wildcard.
      expect(made === undefined).toBe(ties.length > 0)
      accepted[made === undefined ? 'refused' : 'some'] += 1
      if (made === undefined || again === undefined) return
      for (const point of points) {
        const [best] = mostSpecific(ofs, point)
        expect(findCell(made, point)?.of).toEqual(best && Object.values(best))
        expect(findCell(again, point)?.of).toEqual(best && Object.values(best))
      }
    }),
    { numRuns: 300 },
  )
  expect(Math.min(accepted.some, accepted.refused)).toBeGreaterThan(10)
})

const points = ['1', '2', '3'].flatMap(a => ['1', '2', '3'].flatMap(b => ['1', '2', '3'].map(c => ({ a, b, c }))))

/** Returns the most specific matching cells by definition: those that contain no other matching cell. */
function mostSpecific(cells: readonly Of[], point: Of): readonly Of[] {
  const covers = (outer: Of, inner: Of) => Object.keys(outer).every(name => outer[name] === ANY || outer[name] === inner[name])
  const matching = cells.filter(cell => covers(cell, point))
  return matching.filter(cell => !matching.some(other => other !== cell && covers(cell, other)))
}

function attempt<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
