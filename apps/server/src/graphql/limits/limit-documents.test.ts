import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { parseWithinLimits } from './limit-documents.ts'
import { MAX_ALIASES, MAX_DIRECTIVES, MAX_FRAGMENTS, MAX_NESTING_WRITTEN, MAX_SELECTIONS_WRITTEN, MAX_TOKENS } from './query-limits.ts'

const times = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join(' ')
const fragments = (count: number) => times(count, i => `fragment F${i} on Query { ${i + 1 < count ? `...F${i + 1}` : 'a'} }`)

describe.each<[string, number, (count: number) => string, string]>([
  ['tokens', MAX_TOKENS, count => `{ a(ids: [${times(count - 9, () => '1')}]) }`, `more than ${MAX_TOKENS} tokens. Send values as variables`],
  ['levels of fields', MAX_NESTING_WRITTEN, count => '{ a '.repeat(count) + '}'.repeat(count), `more than ${MAX_NESTING_WRITTEN} levels deep`],
  ['levels of lists', MAX_NESTING_WRITTEN, count => `{ a(b: ${'['.repeat(count - 1)}1${']'.repeat(count - 1)}) }`, 'Send values as variables'],
  ['levels of objects', MAX_NESTING_WRITTEN, count => `{ a(b: ${'{ c: '.repeat(count - 1)}1${'}'.repeat(count - 1)}) }`, 'Send values as variables'],
  ['fields', MAX_SELECTIONS_WRITTEN, count => `{ ${times(count, () => 'a')} }`, `contains ${MAX_SELECTIONS_WRITTEN + 1} fields and uses of fragments`],
  [
    'uses of a fragment',
    MAX_SELECTIONS_WRITTEN,
    count => `{ ${times(count - 1, () => '...F')} } fragment F on Query { a }`,
    `contains ${MAX_SELECTIONS_WRITTEN + 1} fields and uses of fragments`,
  ],
  [
    'inline fragments',
    MAX_SELECTIONS_WRITTEN,
    count => `{ ${times(count / 2, () => '... { a }')} ${count % 2 === 0 ? '' : 'a'} }`,
    `contains ${MAX_SELECTIONS_WRITTEN + 1} fields and uses of fragments`,
  ],
  ['fragments', MAX_FRAGMENTS, count => `{ ...F0 } ${fragments(count)}`, `contains ${MAX_FRAGMENTS + 1} fragments`],
  ['aliases', MAX_ALIASES, count => `{ ${times(count, i => `a${i}: a`)} }`, `contains ${MAX_ALIASES + 1} aliases; the maximum is ${MAX_ALIASES}`],
  ['directives', MAX_DIRECTIVES, count => `{ ${times(count, () => 'a @skip(if: false)')} }`, `contains ${MAX_DIRECTIVES + 1} directives`],
])('a document of %s', (_, max, document, message) => {
  it(`is parsed with ${max}`, () => {
    expect(parseWithinLimits(document(max)).definitions.length).toBeGreaterThan(0)
  })
  it(`is rejected with ${max + 1}`, () => {
    const parse = () => parseWithinLimits(document(max + 1))
    expect(parse).toThrow(GraphQLError)
    expect(parse).toThrow(message)
    expect(parse).toThrow(expect.objectContaining({ extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } } }))
  })
})
