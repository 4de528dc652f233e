import { Decimal, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validateExecutionArgs,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../schema.ts'
import { coerceVariables } from './coerce-variables.ts'
import { RefusedInput } from './refused-input.ts'

const operations = [schema.getQueryType(), schema.getMutationType()].flatMap(type =>
  Object.values(type?.getFields() ?? {}).map(field => ({ operation: type === schema.getQueryType() ? 'query' : 'mutation', field })),
)

const VALID: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Decimal: fc.constantFrom('0.0135', '5e-7', '1', '-7', 0.5, 12),
  DateTime: fc.constantFrom('2026-11-20T09:30:00Z', '2026-11-20T15:00:00.25+05:30'),
  SafeInt: fc.maxSafeInteger(),
  JSON: fc.jsonValue({ maxDepth: 2 }),
  ID: fc.oneof(fc.string({ maxLength: 5 }), fc.integer()),
  String: fc.string({ maxLength: 5 }),
  Int: fc.integer(),
  Float: fc.double({ noNaN: true, noDefaultInfinity: true }),
  Boolean: fc.boolean(),
}

/** Values that are wrong for most types. */
const WRONG = fc.oneof(
  fc.constantFrom<unknown>(null, true, 'wrong', '1e30', '2026-11-20', 1.5, 2 ** 31, 2 ** 53, {}, [], [null], { colour: 'red' }),
  fc.jsonValue({ maxDepth: 1 }),
)

/** Generates JSON for a type. With `errors`, any part of it can be wrong or missing. */
function jsonFor(type: GraphQLInputType, { errors, depth = 0 }: { readonly errors: boolean; readonly depth?: number }): fc.Arbitrary<unknown> {
  const right = rightJsonFor(type, { errors, depth })
  return errors ? fc.oneof({ arbitrary: right, weight: 9 }, { arbitrary: WRONG, weight: 1 }) : right
}

function rightJsonFor(type: GraphQLInputType, { errors, depth }: { readonly errors: boolean; readonly depth: number }): fc.Arbitrary<unknown> {
  const inner = { errors, depth: depth + 1 }
  if (isNonNullType(type)) return rightJsonFor(type.ofType, { errors, depth })
  if (isListType(type)) return fc.array(jsonFor(type.ofType, inner), { maxLength: 2 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (!isInputObjectType(type)) return VALID[type.name] ?? fc.constant(null)
  const fields = Object.values(type.getFields()).filter(field => isRequiredInputField(field) || depth < 5)
  const model = Object.fromEntries(fields.map(field => [field.name, jsonFor(field.type, inner)]))
  return fc.record(model, { requiredKeys: errors ? [] : fields.filter(isRequiredInputField).map(({ name }) => name) })
}

function variablesOf({ args }: GraphQLField<unknown, unknown>, errors: boolean): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(args.map(({ name, type }) => [name, jsonFor(type, { errors })]))
  return fc.record(model, { requiredKeys: errors ? [] : args.filter(isRequiredArgument).map(({ name }) => name) })
}

describe('coerceVariables coerces as graphql does, keeps refused values inside usage events and refused inputs of mutations, or leaves all to graphql:', () => {
  it.each(operations.map(({ operation, field }) => [operation, field.name, field] as const))('%s %s', (operation, _, field) => {
    const document = parse(textOf(operation, field))
    let coerced = 0
    const compare = (variableValues: Record<string, unknown>) => {
      const args = { schema, document, variableValues, contextValue: {} }
      const fast = coerceVariables(args)
      if (fast === undefined) return
      const expected = validateExecutionArgs(args)
      const isRefused = RefusedInput.issuesOf(fast.variableValues.coerced['input']).length > 0
      expect(isRefused && 'schema' in expected).toBe(false)
      if (!isRefused) coerced += 1
      if ('schema' in expected) {
        expect(plain(fast)).toEqual(plain(expected))
        return
      }
      // Only inputs of mutations, and values inside events, are kept where graphql reports an error.
      expect(operation).toBe('mutation')
      if (isRefused) return
      expect(['trackUsage', 'resendRejectedEvent', 'recordAuditEvents']).toContain(field.name)
      for (const { message } of expected) expect(message).toMatch(/\.events?\b/)
    }
    const isCoerced = !field.args.some(({ type }) => needsOneOf(type))
    fc.assert(fc.property(variablesOf(field, false), compare), { numRuns: 50 })
    // Few values of large inputs are right.
    for (let more = 0; more < 5 && isCoerced && coerced === 0; more += 1) fc.assert(fc.property(variablesOf(field, false), compare), { numRuns: 50 })
    expect(coerced > 0).toBe(isCoerced)
    fc.assert(fc.property(variablesOf(field, true), compare), { numRuns: 40 })
  })
})

it('coerces omitted variables, defaults and several operations as graphql does', () => {
  const document = parse(`
    query Tenants($first: Int = 20, $after: String) { tenants(first: $first, after: $after) { nodes { id } } }
    query Prices($provider: String = "openai", $at: DateTime = "2026-11-20T00:00:00Z", $first: Int! = 5) { prices(provider: $provider, at: $at, first: $first) { nodes { id } } }
    query Usage($range: TimeRangeInput!, $filter: UsageFilterInput = { statuses: [SUCCESS], models: "gpt" }) { usage(range: $range, filter: $filter) { totals { calls } } }`)
  const range = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
  for (const [operationName, variableValues] of [
    ['Tenants', {}],
    ['Tenants', { first: null, after: 'x' }],
    ['Prices', {}],
    ['Prices', { provider: null, first: 7 }],
    ['Usage', { range }],
    ['Usage', { range, filter: { statuses: 'FAILURE' } }],
  ] as const) {
    const args = { schema, document, operationName, variableValues, contextValue: {} }
    const coerced = coerceVariables(args)
    expect(coerced).toBeDefined()
    expect(plain(coerced)).toEqual(plain(validateExecutionArgs(args)))
  }
  for (const [operationName, variableValues] of [
    ['Prices', { first: null }],
    ['Prices', { at: 'yesterday' }],
    ['Usage', {}],
    ['Other', {}],
    [undefined, {}],
  ] as const) {
    expect(coerceVariables({ schema, document, operationName, variableValues, contextValue: {} })).toBeUndefined()
  }
})

/** Returns whether every value of a type holds an input of which one field must be given. The fast path leaves these to graphql. */
function needsOneOf(type: GraphQLInputType): boolean {
  if (!isNonNullType(type) || !isInputObjectType(type.ofType)) return false
  return type.ofType.isOneOf || Object.values(type.ofType.getFields()).some(field => needsOneOf(field.type))
}

/** An operation with a variable for each argument. */
function textOf(operation: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const definitions = args.map(argument => `$${argument.name}: ${String(argument.type)}`)
  const values = args.map(argument => `${argument.name}: $${argument.name}`)
  const call = values.length > 0 ? `${name}(${values.join(', ')})` : name
  const selection = isCompositeType(getNamedType(type)) ? ' { __typename }' : ''
  return `${operation} Test${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} { ${call}${selection} }`
}

/** Makes everything comparable: graphql's objects have no prototype, and instants have no properties. Types and functions stay as they are. */
function plain(value: unknown): unknown {
  if (value instanceof Decimal || value instanceof Temporal.Instant) return `${value.constructor.name} ${value.toString()}`
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return value
  // graphql remembers coerced defaults in signatures.
  const entries = Object.entries(value).filter(([name]) => !name.startsWith('_memoized'))
  return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner)]))
}
