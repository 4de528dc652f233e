import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import { type OperationDefinitionNode, parse } from 'graphql'
import { expect, it } from 'vitest'
import { isAlwaysWithinLimits } from './always-within-limits.ts'
import { MAX_COMPLEXITY } from './query-limits.ts'

const builder = new SchemaBuilder<object>({ plugins: [ComplexityPlugin], scopeAuth: { authScopes: () => ({}) } })
builder.queryType({
  fields: t => ({
    small: t.int({ args: { size: t.arg.int() }, resolve: () => 1 }),
    large: t.int({ complexity: MAX_COMPLEXITY + 1, resolve: () => 1 }),
    sized: t.int({ args: { size: t.arg.int({ required: true }) }, complexity: ({ size }: { size: number }) => size, resolve: () => 1 }),
  }),
})
const schema = builder.toSchema()

it.each([
  ['query ($size: Int!) { small(size: $size) }', true],
  ['{ large }', false],
  ['query ($size: Int!) { small sized(size: $size) }', false],
  ['{ ...Sized } fragment Sized on Query { sized(size: 1) }', false],
  ['{ ...Large } fragment Large on Query { small large }', false],
])('knows of %s whether its result is always within the limits: %s', (text, expected) => {
  const document = parse(text)
  expect(isAlwaysWithinLimits({ schema, document, operation: document.definitions[0] as OperationDefinitionNode })).toBe(expected)
})
