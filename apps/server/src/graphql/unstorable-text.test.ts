import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { schema } from './schema.ts'
import { type Answer, type GraphQLTestServer, startGraphQLTestServer } from './testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  await server.send(acme, 'mutation { trackUsage(input: { events: [{ operation: "" }] }) { __typename } }')
  SAMPLES['ID'] = (await server.send(acme, '{ rejectedEvents { nodes { id } } }')).data.rejectedEvents.nodes[0].id
})
afterAll(() => server.stop())

/** Where a text goes in an argument, such as ["input", "events", 0, "operation"]. */
type Place = readonly (string | number)[]

const TEXT_SCALARS = new Set(['String', 'ID', 'JSON'])
/** Values that are valid in every argument of their type, so that only the text under test is not. */
const SAMPLES: Record<string, unknown> = {
  String: 'x',
  ID: 'x',
  JSON: {},
  Boolean: true,
  Int: 1,
  SafeInt: 1,
  Float: 1,
  Decimal: '1',
  DateTime: '2026-11-20T00:00:00Z',
}
const UNSTORABLE = ['a\u0000b', 'a\ud800b']

/** Returns the places of texts in a value of the type. Follows each input type once, because they can contain themselves. */
function placesIn(type: GraphQLInputType, place: Place, within: readonly string[] = []): Place[] {
  const inner = getNullableType(type)
  if (isListType(inner)) return placesIn(inner.ofType, [...place, 0], within)
  if (isInputObjectType(inner)) {
    if (within.includes(inner.name)) return []
    return Object.values(inner.getFields()).flatMap(field => placesIn(field.type, [...place, field.name], [...within, inner.name]))
  }
  return 'name' in inner && TEXT_SCALARS.has(inner.name) ? [place] : []
}

/** Returns a valid value of the type that has `text` at the place. */
function valueWith(type: GraphQLInputType, place: Place, text: string | undefined): unknown {
  const inner = getNullableType(type)
  if (isListType(inner)) return [valueWith(inner.ofType, place.slice(1), text)]
  if (isEnumType(inner)) return inner.getValues()[0]?.name
  if (isInputObjectType(inner)) {
    const fields = Object.values(inner.getFields())
    const [chosen] = place.length > 0 ? place : inner.isOneOf ? fields.map(({ name }) => name) : []
    const passed = fields.filter(field => field.name === chosen || (isNonNullType(field.type) && !inner.isOneOf))
    return Object.fromEntries(
      passed.map(field => [field.name, field.name === place[0] ? valueWith(field.type, place.slice(1), text) : valueWith(field.type, [], undefined)]),
    )
  }
  if (text === undefined) return SAMPLES[inner.name]
  return inner.name === 'JSON' ? { key: text } : text
}

interface Operation {
  readonly root: 'query' | 'mutation'
  readonly path: readonly GraphQLField<unknown, unknown>[]
}

/** Returns every field with text in its arguments, and how it is reached from the root. */
function operations(): { name: string; operation: Operation }[] {
  const found: { name: string; operation: Operation }[] = []
  const seen = new Set<string>()
  const visit = (typeName: string, root: Operation['root'], path: Operation['path']): void => {
    const type = schema.getType(typeName)
    if (!isObjectType(type) || seen.has(typeName)) return
    seen.add(typeName)
    const fields = Object.values(type.getFields())
    for (const field of fields) {
      if (field.args.some(argument => placesIn(argument.type, []).length > 0))
        found.push({ name: `${typeName}.${field.name}`, operation: { root, path: [...path, field] } })
    }
    for (const field of fields) {
      const inner = getNullableType(field.type)
      if (isObjectType(inner)) visit(inner.name, root, [...path, field])
    }
  }
  visit('Query', 'query', [])
  visit('Mutation', 'mutation', [])
  return found
}

/** A document with one tested argument, which is passed as `$value` or written as a literal. */
interface Tested {
  readonly argument: GraphQLArgument
  readonly value: unknown
}

/** Writes an operation that passes every argument that is needed and the tested one. */
function documentOf({ root, path }: Operation, { argument, value }: Tested, as: 'variable' | 'literal'): string {
  const calls = path.map((field, depth) => {
    const isTested = (each: GraphQLArgument) => depth === path.length - 1 && each === argument
    const written = field.args
      .filter(each => isTested(each) || isNonNullType(each.type))
      .map(
        each =>
          `${each.name}: ${isTested(each) ? (as === 'variable' ? '$value' : literal(each.type, value)) : literal(each.type, valueWith(each.type, [], undefined))}`,
      )
    return `${field.name}${written.length > 0 ? `(${written.join(', ')})` : ''}`
  })
  const declared = as === 'variable' ? `($value: ${String(argument.type)})` : ''
  return `${root} ${declared} { ${calls.join(' { ')}${selectionOf(path.at(-1))}${' }'.repeat(calls.length)}`
}

function selectionOf(field: Operation['path'][number] | undefined): string {
  if (field === undefined || isLeafType(getNamedType(field.type))) return ''
  const ofEvents = { trackUsage: 'TrackUsagePayload', recordAuditEvents: 'RecordAuditEventsPayload' }[field.name]
  if (ofEvents !== undefined) return ` { ... on ${ofEvents} { results { outcome issues { message } } } ... on Error { code message } }`
  if (field.name === 'resendRejectedEvent')
    return ' { ... on ResendRejectedEventPayload { result { outcome issues { message } } } ... on Error { code message } }'
  return ' { __typename ... on Error { code message } }'.replace(/ \.\.\. on Error \{.*?\}/, match => (isUnionType(getNamedType(field.type)) ? match : ''))
}

/** Writes a value as a literal. NUL is escaped; graphql takes half of a surrogate pair neither escaped nor as it is. */
function literal(type: GraphQLInputType, value: unknown): string {
  const inner = getNullableType(type)
  if (isListType(inner)) return `[${(value as unknown[]).map(item => literal(inner.ofType, item)).join(', ')}]`
  if (isEnumType(inner)) return String(value)
  if (isInputObjectType(inner)) {
    const fields = Object.entries(value as object).map(([name, item]) => `${name}: ${literal(inner.getFields()[name]?.type ?? inner, item)}`)
    return `{ ${fields.join(', ')} }`
  }
  return JSON.stringify(value).replaceAll(/"(\w+)":/g, '$1:')
}

/** Returns the code and the message of the error; for a rejected event, its issues. */
function refusalOf({ data, errors }: Answer): string {
  const [error] = errors
  if (error !== undefined) return `${error.extensions.code}: ${error.message}`
  const [result] = Object.values(data as Record<string, any>)
  const [event] = result?.results ?? [result?.result]
  return event?.outcome === 'REJECTED'
    ? `INVALID_INPUT: ${event.issues.map(({ message }: { message: string }) => message).join('; ')}`
    : `${result?.code ?? 'accepted'}: ${result?.message}`
}

const REFUSAL = /^(?:INVALID_INPUT|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED): .*(?:NUL character|Unicode escape)/

it.each(operations())('rejects text that cannot be stored anywhere in $name, in variables and in literals', async ({ operation }) => {
  const refusals: string[] = []
  // A mutation first says that a key may not use it.
  const key = operation.root === 'mutation' && !/Event$|^trackUsage$/.test(operation.path.at(-1)?.name ?? '') ? server.operatorKey : acme
  for (const argument of operation.path.at(-1)?.args ?? []) {
    for (const place of placesIn(argument.type, [])) {
      for (const text of UNSTORABLE) {
        const tested = { argument, value: valueWith(argument.type, place, text) }
        const byVariable = await server.send(key, documentOf(operation, tested, 'variable'), { value: tested.value })
        const byLiteral = await server.send(key, documentOf(operation, tested, 'literal'))
        for (const answer of [byVariable, byLiteral]) refusals.push(`${argument.name}.${place.join('.')} ${refusalOf(answer)}`)
      }
    }
  }
  expect(refusals).not.toEqual([])
  expect(refusals.filter(refusal => !REFUSAL.test(refusal.slice(refusal.indexOf(' ') + 1)))).toEqual([])
  expect(server.logged.filter(({ level }) => Number(level) >= 40)).toEqual([])
})

it.each(operations().filter(({ operation }) => operation.path.at(-1)?.args.some(({ name }) => name === 'after')))(
  'rejects a cursor of $name that decodes to text that cannot be stored',
  async ({ operation }) => {
    const argument = operation.path.at(-1)?.args.find(({ name }) => name === 'after')
    if (argument === undefined) throw new Error('There is no such argument')
    for (const bytes of [[0, 0, 0], [0xff], [0x5b, 0x22, 0, 0x22, 0x5d], ...['["\\u0000"]', '["\\ud800"]', 'a \0'].map(text => [...Buffer.from(text)])]) {
      const value = Buffer.from(bytes).toString('base64url')
      for (const key of [server.operatorKey, acme]) {
        const answer = await server.send(key, documentOf(operation, { argument, value }, 'variable'), { value })
        expect(refusalOf(answer)).toMatch(/^(?:INVALID_INPUT|FORBIDDEN|accepted): /)
      }
    }
  },
)
