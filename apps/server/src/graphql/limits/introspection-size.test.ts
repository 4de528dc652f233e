import { getIntrospectionQuery, parse } from 'graphql'
import { expect, it } from 'vitest'
import { introspectionSize } from './introspection-size.ts'
import { MAX_INTROSPECTION } from './query-limits.ts'

const ALL = { descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true }

it.each([
  [`{ viewer { kind } }`, 0],
  [`{ __typename }`, 0],
  [`{ __schema { queryType { name } } }`, 3],
  [`{ __type(name: "Query") { name } }`, 2],
  [`{ __schema { types { name } } }`, 1 + 80 * 2],
  [`{ __schema { types { fields { name } } } }`, 1 + 80 * (1 + 8 * 2)],
  [`{ a: __schema { ...S } b: __schema { ...S } } fragment S on __Schema { types { name } }`, 2 * (1 + 80 * 2)],
  [`{ ...Q } fragment Q on Query { __schema { ... { types { name } } } }`, 1 + 80 * 2],
  [`{ ...A } fragment A on Query { ...B __schema { types { name } } } fragment B on Query { ...A }`, 1 + 80 * 2],
])('counts %s as %i fields', (query, size) => {
  expect(introspectionSize(parse(query))).toBe(size)
})

it('allows the introspection of GraphiQL, but not several times in one document', () => {
  const query = getIntrospectionQuery(ALL)
  const once = introspectionSize(parse(query))
  expect(once).toBeLessThan(MAX_INTROSPECTION)
  expect(once * 4).toBeGreaterThan(MAX_INTROSPECTION)
})
