import { longNumberText, Temporal, ZERO } from '@tollgate/kernel'
import { type GraphQLInputObjectType, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredInputField } from 'graphql'
import type { CodedIssue } from '../errors/issue-code.ts'
import { inputCoercion, NOT_COERCED } from './input-coercion.ts'
import { RefusedInput } from './refused-input.ts'

/** Bounds the size of an answer. */
const MAX_ISSUES = 100
const MAX_SHOWN = 60

/**
 * Returns an input that its type refuses as a `RefusedInput` with everything that is wrong with it. Returns `NOT_COERCED` for one
 * with which nothing is wrong, and for one that is no object.
 */
export function refusedInput(type: GraphQLInputType, value: unknown): RefusedInput | typeof NOT_COERCED {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return NOT_COERCED
  const issues: CodedIssue[] = []
  const fields = collect(type, value, { path: '', issues })
  return issues.length === 0 || typeof fields !== 'object' ? NOT_COERCED : new RefusedInput(issues, fields ?? {})
}

/** Where a value is, and the issues so far. */
interface Place {
  readonly path: string
  readonly issues: CodedIssue[]
}

/** Fields whose values are not quoted, because audit logs keep the messages of refused attempts. */
const SECRET = /(?:code|secret|token|password)s?(?:\[\d+\])?$/i

/** Stands for a value that is refused where null is not allowed. */
const REFUSED = Symbol('refused')

/** Returns the value as far as it is right. */
function collect(type: GraphQLInputType, value: unknown, place: Place): unknown {
  if (isNonNullType(type)) {
    if (value === null) return refuse(place, 'REQUIRED', 'must not be null')
    return collect(type.ofType, value, place)
  }
  if (value === null) return null
  const known = place.issues.length
  const collected = isListType(type)
    ? collectItems(type.ofType, value, place)
    : isInputObjectType(type)
      ? collectFields(type, value, place)
      : leaf(type, value, place)
  // A list without the items that are refused would be another list.
  return place.issues.length > known && !isInputObjectType(type) ? REFUSED : collected
}

function refuse({ path, issues }: Place, code: CodedIssue['code'], message: string): typeof REFUSED {
  if (issues.length < MAX_ISSUES) issues.push({ path, message, ...(code && { code }) })
  return REFUSED
}

/** As in graphql, a single value is a list of one item. */
function collectItems(type: GraphQLInputType, value: unknown, { path, issues }: Place): unknown {
  if (!Array.isArray(value)) return [collect(type, value, { path, issues })]
  return value.map((item: unknown, at) => collect(type, item, { path: `${path}[${at}]`, issues }))
}

function collectFields(type: GraphQLInputObjectType, value: unknown, place: Place): unknown {
  if (type.extensions['keepsRefusedValues'] === true) return inputCoercion(type)(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value) || longNumberText(value) !== undefined) {
    return refuse(place, 'WRONG_TYPE', `must be an object, not ${shown(value)}`)
  }
  const at = (name: string): Place => ({ path: place.path === '' ? name : `${place.path}.${name}`, issues: place.issues })
  const given = value as Readonly<Record<string, unknown>>
  const fields = type.getFields()
  const collected: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    if (!Object.hasOwn(given, name) || given[name] === undefined) {
      if (isRequiredInputField(field)) refuse(at(name), 'REQUIRED', 'is required')
      continue
    }
    const part = collect(field.type, given[name], at(name))
    if (part !== REFUSED) collected[name] = part
    else collected[name] = isNonNullType(field.type) ? placeholder(field.type.ofType) : null
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(fields, name)) refuse(at(name.slice(0, MAX_SHOWN)), 'UNKNOWN_FIELD', `is not a field of ${type.name}`)
  }
  const set = Object.keys(given).filter(name => given[name] !== undefined)
  if (type.isOneOf && (set.length !== 1 || given[set[0] ?? ''] === null)) refuse(place, 'CONFLICT', 'must have exactly one field, which is not null')
  return collected
}

/** Stands in for a refused value that must be there, so that the fields beside it can be checked. What is wrong with it is known already. */
function placeholder(type: GraphQLInputType): unknown {
  if (isListType(type)) return []
  if (isInputObjectType(type)) return {}
  return isEnumType(type) ? type.getValues()[0]?.value : PLACEHOLDERS[String(type)]
}

const PLACEHOLDERS: Readonly<Record<string, unknown>> = {
  ...{ String: '', ID: '', Boolean: false, Int: 0, SafeInt: 0, Decimal: ZERO, JSON: {} },
  DateTime: Temporal.Instant.fromEpochMilliseconds(0),
}

function leaf(type: GraphQLInputType, value: unknown, place: Place): unknown {
  const coerced = inputCoercion(type)(value)
  if (coerced !== NOT_COERCED) return coerced
  const not = SECRET.test(place.path) ? '' : `, not ${shown(value)}`
  if (isEnumType(type)) return refuse(place, 'UNKNOWN_VALUE', `must be a value of ${type.name}${not}`)
  const name = String(type)
  if (typeof value === 'string' && (name === 'String' || name === 'ID'))
    return refuse(place, 'WRONG_FORMAT', `must be text that can be stored: it ${NOT_STORABLE}`)
  const { code, must } = OF_SCALARS[name] ?? { code: 'WRONG_FORMAT', must: `must be a valid ${name}` }
  return refuse(place, typeof value === 'string' || typeof value === 'number' ? code : 'WRONG_TYPE', `${must}${not}`)
}

const NOT_STORABLE = 'has a NUL character or half of a surrogate pair'

const OF_SCALARS: Readonly<Record<string, { readonly code: CodedIssue['code']; readonly must: string }>> = {
  String: { code: 'WRONG_TYPE', must: 'must be text' },
  ID: { code: 'WRONG_TYPE', must: 'must be an id, as text' },
  Boolean: { code: 'WRONG_TYPE', must: 'must be true or false' },
  Int: { code: 'WRONG_FORMAT', must: 'must be a whole number of at most 2,147,483,647' },
  SafeInt: { code: 'WRONG_FORMAT', must: 'must be a whole number of at most 2^53 - 1' },
  Decimal: {
    code: 'WRONG_FORMAT',
    must: 'must be a decimal number with a point, such as "0.0135", with at most 20 digits before the point and 24 after it',
  },
  DateTime: { code: 'WRONG_FORMAT', must: 'must be a time in RFC 3339 with an offset, such as "2026-11-20T09:30:00Z"' },
  JSON: { code: 'WRONG_FORMAT', must: 'must be JSON of at most 32 levels, without a NUL character or half of a surrogate pair in its text' },
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return longNumberText(value)?.slice(0, MAX_SHOWN) ?? (Array.isArray(value) ? 'a list' : 'an object')
  return JSON.stringify(typeof value === 'string' ? value.slice(0, MAX_SHOWN) : value)
}
