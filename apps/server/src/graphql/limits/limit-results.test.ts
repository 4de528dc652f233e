import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { RESULT_LIMITS, requireResultWithinLimits } from './limit-results.ts'
import { MAX_COMPLEXITY, MAX_DEPTH } from './query-limits.ts'

/** A schema that nests without end, which the real one does not. */
function nestingSchema() {
  const builder = new SchemaBuilder<object>({ plugins: [ComplexityPlugin], complexity: RESULT_LIMITS, scopeAuth: { authScopes: () => ({}) } })
  const Level = builder.objectRef<object>('Level')
  Level.implement({ fields: t => ({ inner: t.field({ type: Level, resolve: () => ({}) }) }) })
  builder.queryType({
    fields: t => ({
      inner: t.field({ type: Level, resolve: () => ({}) }),
      large: t.int({ args: { size: t.arg.int({ required: true }) }, complexity: ({ size }: { size: number }) => size, resolve: () => 1 }),
    }),
  })
  return builder.toSchema()
}

const schema = nestingSchema()
const nested = (depth: number) => `${'{ inner '.repeat(depth - 1)} { __typename } ${'}'.repeat(depth - 1)}`

describe.each([
  [
    MAX_DEPTH,
    nested(MAX_DEPTH),
    nested(MAX_DEPTH + 1),
    `The query nests fields ${MAX_DEPTH + 1} levels deep; the maximum is ${MAX_DEPTH}. Request the inner levels`,
  ],
  [
    MAX_COMPLEXITY,
    `{ large(size: ${MAX_COMPLEXITY}) }`,
    `{ large(size: ${MAX_COMPLEXITY + 1}) }`,
    `The query can return ${MAX_COMPLEXITY + 1} fields, counting each item of a list; the maximum is ${MAX_COMPLEXITY}. Request shorter pages`,
  ],
])('a limit of %i', (_, at, above, message) => {
  it('allows a result at the limit', async () => {
    expect((await graphql({ schema, source: at, contextValue: {} })).errors).toBeUndefined()
  })
  it('rejects a result above the limit', async () => {
    const { data, errors } = await graphql({ schema, source: above, contextValue: {} })
    expect(Object.values(data ?? {})).toEqual([null])
    expect(errors?.[0]?.message).toContain(message)
  })
})

it('limits subscriptions alike', () => {
  expect(() => requireResultWithinLimits({ depth: MAX_DEPTH, complexity: MAX_COMPLEXITY })).not.toThrow()
  expect(() => requireResultWithinLimits({ depth: MAX_DEPTH + 1, complexity: 1 })).toThrow(`the maximum is ${MAX_DEPTH}.`)
  expect(() => requireResultWithinLimits({ depth: 1, complexity: MAX_COMPLEXITY + 1 })).toThrow(`the maximum is ${MAX_COMPLEXITY}.`)
})
