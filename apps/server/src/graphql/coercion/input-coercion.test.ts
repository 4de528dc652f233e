import { parseExactJson } from '@tollgate/kernel'
import fc from 'fast-check'
import { buildSchema, coerceInputValue, type GraphQLInputObjectType, type GraphQLInputType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { inputCoercion, NOT_COERCED } from './input-coercion.ts'

const schema = buildSchema(`
  enum Status { SUCCESS FAILURE }
  input Tokens { input: Int output: Int }
  input Event { operation: String! status: Status = SUCCESS retries: Int! = 3 tokens: Tokens tags: [String!] matrix: [[Int]] previous: Event }
  input Batch { tenantId: ID events: [Event!]! }
  input Either @oneOf { a: Int b: Int }
  type Query { ok: Boolean }
`)
const type = (name: string) => schema.getType(name) as GraphQLInputType
const BATCH = type('Batch')

describe('inputCoercion', () => {
  it.each([
    ['an event', { events: [{ operation: 'chat' }] }],
    [
      'defaults, given and omitted',
      {
        events: [
          { operation: 'chat', status: 'FAILURE', retries: 0 },
          { operation: 'chat', status: null },
        ],
      },
    ],
    [
      'nested objects and lists',
      { tenantId: 'acme', events: [{ operation: 'a', tokens: { input: 1 }, tags: ['x', 'y'], matrix: [[1, null], null], previous: { operation: 'b' } }] },
    ],
    ['no events', { events: [] }],
    ['a single value for a list', { events: { operation: 'chat', tags: 'x', matrix: [1] } }],
  ])('coerces %s as graphql does', (_, value) => {
    expect(inputCoercion(BATCH)(value)).toEqual(plain(coerceInputValue(value, BATCH)))
  })

  it.each([
    ['an unknown field', { events: [{ operation: 'chat', colour: 'red' }] }],
    ['a missing field', { events: [{ status: 'SUCCESS' }] }],
    ['null where a value is required', { events: [null] }],
    ['a wrong type', { events: [{ operation: 7 }] }],
    ['an unknown enum value', { events: [{ operation: 'chat', status: 'PERHAPS' }] }],
    ['a field of the prototype', { events: [JSON.parse('{"operation":"chat","__proto__":{}}')] }],
    ['a text for an object', { events: ['chat'] }],
  ])('leaves %s to graphql', (_, value) => {
    expect(inputCoercion(BATCH)(value)).toBe(NOT_COERCED)
  })

  describe('inside a type that keeps refused values', () => {
    const lenient = buildSchema(`
      enum Status { SUCCESS }
      input Tokens { input: Int }
      input Event { operation: String! status: Status = SUCCESS tokens: Tokens }
      input Batch { tenantId: ID events: [Event!]! }
      type Query { ok: Boolean }
    `)
    ;(lenient.getType('Event') as GraphQLInputObjectType).extensions = { keepsRefusedValues: true }
    const coerce = inputCoercion(lenient.getType('Batch') as GraphQLInputType)

    it.each([
      ['a wrong type', { operation: 7 }],
      ['null where a scalar is required', { operation: null }],
      ['a missing field', {}],
      ['an unknown enum value', { operation: 'chat', status: 'PERHAPS' }],
      ['a wrong type in a nested object', { operation: 'chat', tokens: { input: '5' } }],
      ['text in place of a nested object', { operation: 'chat', tokens: 'many' }],
      ['an unknown field', { operation: 'chat', colour: 'red' }],
      ['an unknown field of a nested object', { operation: 'chat', tokens: { colour: 1 } }],
      ['a field of the prototype', JSON.parse('{"operation":"chat","__proto__":{"admin":true}}')],
    ])('keeps %s', (_, event) => {
      expect(coerce({ events: [event, { operation: 'good' }] })).toEqual({
        events: [
          { status: 'SUCCESS', ...event },
          { operation: 'good', status: 'SUCCESS' },
        ],
      })
    })

    it.each([
      ['null', null],
      ['text', 'chat'],
      ['a list', [{ operation: 'chat' }]],
      ['a long number', parseExactJson('9007199254740993')],
    ])('keeps %s in its place', (_, event) => {
      expect(coerce({ events: [event, { operation: 'good' }] })).toEqual({ events: [event, { operation: 'good', status: 'SUCCESS' }] })
    })

    it.each([
      ['a wrong type outside of it', { tenantId: true, events: [] }],
      ['an unknown field outside of it', { events: [], colour: 'red' }],
      ['null in place of its list', { events: null }],
    ])('leaves %s to graphql', (_, value) => {
      expect(coerce(value)).toBe(NOT_COERCED)
    })
  })

  it('takes ids that are sent as numbers, whatever their length', () => {
    const coerce = inputCoercion(BATCH)
    for (const id of ['7', '9007199254740993', '12345678901234567890']) {
      expect(coerce(parseExactJson(`{"tenantId":${id},"events":[]}`))).toEqual({ tenantId: id, events: [] })
    }
    expect(coerce(parseExactJson('{"tenantId":1.5,"events":[]}'))).toBe(NOT_COERCED)
    expect(coerce(parseExactJson('{"tenantId":0.12345678901234567891,"events":[]}'))).toBe(NOT_COERCED)
  })

  it('leaves inputs of which one field must be given to graphql', () => {
    expect(inputCoercion(type('Either'))({ a: 1 })).toBe(NOT_COERCED)
  })

  it('returns what graphql returns, or leaves it to graphql, for any JSON', () => {
    const leaf = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constantFrom('SUCCESS', 'FAILURE', null))
    const event = fc.dictionary(
      fc.constantFrom('operation', 'status', 'retries', 'tokens', 'tags', 'matrix', 'previous', 'other'),
      fc.oneof(
        leaf,
        fc.array(leaf, { maxLength: 2 }),
        fc.array(fc.array(leaf, { maxLength: 2 }), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom('input', 'output', 'operation'), leaf),
      ),
    )
    fc.assert(
      fc.property(fc.record({ events: fc.array(event, { maxLength: 3 }), tenantId: leaf }, { requiredKeys: [] }), value => {
        const coerced = inputCoercion(BATCH)(value)
        if (coerced !== NOT_COERCED) expect(coerced).toEqual(plain(coerceInputValue(value, BATCH)))
      }),
      { numRuns: 2_000 },
    )
  })
})

/** Makes objects comparable: graphql's have no prototype. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
