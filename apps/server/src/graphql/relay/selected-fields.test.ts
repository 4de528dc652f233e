import { type FieldNode, type FragmentDefinitionNode, Kind, parse } from 'graphql'
import { expect, it } from 'vitest'
import { selects } from './selected-fields.ts'

/** What a resolver of the first field of the query is handed. */
function infoOf(query: string) {
  const { definitions } = parse(query)
  const fragments = Object.fromEntries(
    definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION).map(node => [node.name.value, node]),
  )
  const operation = definitions.find(node => node.kind === Kind.OPERATION_DEFINITION)
  return { fieldNodes: operation?.selectionSet.selections as readonly FieldNode[], fragments }
}

it.each([
  [`{ points { measures { calls latencyMs { p95 } } } }`, true],
  [`{ points { measures { renamed: latencyMs { p95 } } } }`, true],
  [`{ points { measures { calls } } }`, false],
  [`{ points { start } }`, false],
  [`{ points { latencyMs } }`, false],
  [`{ points { measures { tokens { latencyMs } } } }`, false],
  [`{ points { ... on Point { measures { ... { latencyMs { p95 } } } } } }`, true],
  [`{ points { ...P } } fragment P on Point { measures { ...M } } fragment M on Measures { latencyMs { p95 } }`, true],
  [`{ points { ...P } } fragment P on Point { measures { calls } } fragment Unused on Measures { latencyMs { p95 } }`, false],
  [`{ points { measures { calls } } points { measures { latencyMs { p95 } } } }`, true],
])('%s: %s', (query, selected) => {
  expect(selects(infoOf(query), ['measures', 'latencyMs'])).toBe(selected)
})
