import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { Random } from '../faults/random.ts'

/** A value of an enum, which is written without quotes in the text of a document. */
export class EnumValue {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  toJSON(): string {
    return this.name
  }
}

/** What values are drawn from. */
export interface ValueSource {
  readonly random: Random
  /** Ids and cursors of earlier answers, and ids of tenants. */
  readonly known: readonly string[]
  /** Share of values that do not match their type. */
  readonly wildness: number
}

/** Values that services accept, and values at and beyond what they accept. */
interface Pool<Value> {
  readonly usual: readonly Value[]
  readonly unusual: readonly Value[]
}

const TEXTS: Pool<string> = {
  usual: ['chat', 'openai', 'gpt-5-mini', 'anthropic', 'acme', 'globex', 'ada', 'usd', 'free', 'x'],
  unusual: [
    'a'.repeat(300),
    '',
    ' ',
    '\u{1f600}',
    'a\u0000b',
    '\ud800',
    "'; drop table x; --",
    '{"a":1}',
    '-1',
    '../../etc/passwd',
    '%s%n',
    '__proto__',
    '\n\r\t',
  ],
}
const WHOLE_NUMBERS: Pool<number> = { usual: [0, 1, 2, 5, 20, 50, 100], unusual: [-1, 1_000, 2 ** 31 - 1, -(2 ** 31), 2 ** 53 - 1] }
const DECIMALS: Pool<unknown> = {
  usual: ['0', '1', '0.5', '100', 1, 0.1],
  unusual: ['-1', '0.000000000000000001', '1e-7', '9'.repeat(20), '9'.repeat(60), '1e400', 'NaN', '-0', 1e21],
}
const TIMES: Pool<string> = {
  usual: ['2026-11-20T12:00:00Z', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00+05:30'],
  unusual: [
    '2020-02-29T23:59:60Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999Z',
    '9999-12-31T23:59:59.999999999Z',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '1969-12-31T23:59:59Z',
  ],
}
const WILD: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  2 ** 60,
  '',
  'x',
  [],
  [null],
  [[[]]],
  {},
  { a: { b: [1, 'x', null] } },
  { __proto__: null, constructor: 1 },
]
/** Values that have a meaning in fields of these names. */
const BY_NAME: Readonly<Record<string, readonly unknown[]>> = {
  timeZone: ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Mars/Base', 'GMT+25'],
  currency: ['USD', 'EUR', 'JPY', 'XXX', 'usd'],
  provider: ['openai', 'anthropic', 'nobody'],
  model: ['gpt-5-mini', 'claude-sonnet-4-5', 'none'],
  url: ['https://example.invalid/hook', 'http://127.0.0.1/', 'https://10.0.0.1/', 'ftp://x', 'https://user:password@example.invalid/', 'no url'],
  scopes: ['usage:read', 'usage:write', 'quotas:read', 'tokens:write', 'admin'],
  first: [1, 2, 10, 100, 0, -5, 1_001],
  ttlSeconds: [10, 60, 3_600, 0, -1, 1e9],
  days: [1, 7, 30, 0, -1, 100_000],
  after: [null, '', 'x', 'bm90IGEgY3Vyc29y', '1'],
}

/** Returns a random value of a type, or in a small share of cases one that does not match it. `name` is that of its argument or field. */
export function randomValue(type: GraphQLInputType, name: string, source: ValueSource): unknown {
  const { random, wildness } = source
  if (random.chance(wildness)) return random.pick(WILD)
  if (isNonNullType(type)) return nonNull(type.ofType, name, source)
  return random.chance(0.05) ? null : nonNull(type, name, source)
}

function nonNull(type: GraphQLInputType, name: string, source: ValueSource): unknown {
  const { random, wildness } = source
  if (isNonNullType(type)) return nonNull(type.ofType, name, source)
  if (isListType(type)) return Array.from({ length: random.pick([1, 1, 1, 2, 3, 0, 20]) }, () => randomValue(type.ofType, name, source))
  if (isInputObjectType(type)) return randomObject(type, source)
  if (isEnumType(type)) return new EnumValue(random.chance(wildness) ? 'UNKNOWN' : random.pick(type.getValues()).name)
  const named = BY_NAME[name]
  if (named !== undefined && random.chance(0.7)) return wildness > 0 ? random.pick(named) : (named[0] ?? null)
  return randomScalar(type, source)
}

function randomObject(type: GraphQLInputObjectType, source: ValueSource): Record<string, unknown> {
  const { random, wildness } = source
  const fields = Object.values(type.getFields())
  if (type.isOneOf && !random.chance(wildness)) {
    const field = random.pick(fields)
    return { [field.name]: nonNull(field.type, field.name, source) }
  }
  const isGiven = (field: GraphQLInputField) => (isRequiredInputField(field) ? !random.chance(wildness) : random.chance(0.35))
  const object = Object.fromEntries(fields.filter(isGiven).map(field => [field.name, randomValue(field.type, field.name, source)]))
  // Ranges in their order, or else nearly all would be refused.
  if ('from' in object && 'to' in object && random.chance(0.8)) Object.assign(object, { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' })
  return random.chance(wildness) ? { ...object, colour: 'red' } : object
}

/** Returns a usual value, and sometimes an unusual one where some values are wild. */
function drawn<Value>({ usual, unusual }: Pool<Value>, { random, wildness }: ValueSource): Value {
  return random.pick(wildness > 0 && random.chance(0.3) ? unusual : usual)
}

function randomScalar({ name }: Pick<GraphQLNamedType, 'name'>, source: ValueSource): unknown {
  const { random, known } = source
  switch (name) {
    case 'Boolean':
      return random.chance(0.5)
    case 'Int':
    case 'SafeInt':
      return drawn(WHOLE_NUMBERS, source)
    case 'Float':
      return random.pick([0, 0.5, 1, -1, 1e300, 1e-300])
    case 'Decimal':
      return drawn(DECIMALS, source)
    case 'DateTime':
      return drawn(TIMES, source)
    case 'JSON':
      return random.pick([{}, { a: 1, b: 'x', c: true }, { a: [1] }, { 'a\u0000': 1 }, { n: 2 ** 60 }, [], 'text', { key: 'x'.repeat(5_000) }])
    case 'ID':
      return random.chance(0.75) && known.length > 0 ? random.pick(known) : drawn(TEXTS, source)
    default:
      return random.chance(0.2) && known.length > 0 ? random.pick(known) : random.chance(0.5) ? drawn(TEXTS, source) : `text-${random.between(0, 50)}`
  }
}

/** Writes a value as it stands in the text of a document. */
export function literal(value: unknown): string {
  if (value instanceof EnumValue) return value.name
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    return `{ ${fields.map(([name, field]) => `${name}: ${literal(field)}`).join(', ')} }`
  }
  return JSON.stringify(value) ?? 'null'
}
