import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
} from 'graphql'
import { VALID_VALUES } from './argument-values.ts'

/** An argument or field of an input, by its coordinate in the schema, such as `RevokeApiKeyInput.id`. */
export interface Coordinate {
  readonly name: string
  readonly type: 'ID' | 'String'
  /** Where its value stands in the variables. */
  readonly path: readonly string[]
  readonly isList: boolean
}

/** A root field of the schema as an operation that selects everything. */
export interface GeneratedOperation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly name: string
  readonly text: string
  /** Values of all required arguments. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly coordinates: readonly Coordinate[]
}

/** How deep selections and inputs go. */
const MAX_DEPTH = 3

/** Returns an operation for every field of Query, Mutation and Subscription. Selects no field of these names. */
export function generateOperations(schema: GraphQLSchema, omitted: readonly string[] = []): GeneratedOperation[] {
  const select = selector(schema, omitted)
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
  return roots.flatMap(([kind, type]) => Object.values(type?.getFields() ?? {}).map(field => toOperation(select, kind, type?.name ?? '', field)))
}

function toOperation(select: Select, kind: GeneratedOperation['kind'], root: string, { name, args, type }: GraphQLField<unknown, unknown>): GeneratedOperation {
  const declared = args.map(arg => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const passed = args.map(arg => `${arg.name}: $${arg.name}`).join(', ')
  const variables: Record<string, unknown> = {}
  for (const arg of args) {
    const coordinate = `${root}.${name}.${arg.name}`
    if (isRequiredArgument(arg) || coordinate in VALID_VALUES) variables[arg.name] = validValue(coordinate, arg)
    else if (arg.name === 'first') variables[arg.name] = 3
    else if (isNonNullType(arg.type)) variables[arg.name] = valueOf(arg.type)
  }
  const text = `${kind} ${declared && `(${declared})`} { result: ${name}${passed && `(${passed})`} ${select(type)} }`
  return { kind, name, text, variables, coordinates: args.flatMap(arg => coordinatesOf(`${root}.${name}.${arg.name}`, arg, [arg.name])) }
}

function validValue(coordinate: string, { type }: Pick<GraphQLArgument | GraphQLInputField, 'type'>): unknown {
  return coordinate in VALID_VALUES ? VALID_VALUES[coordinate] : valueOf(type)
}

function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType)
  if (isListType(type)) return [valueOf(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const given = fields.filter((field, i) => isRequiredInputField(field) || `${type.name}.${field.name}` in VALID_VALUES || (type.isOneOf && i === 0))
    return Object.fromEntries(given.map(field => [field.name, validValue(`${type.name}.${field.name}`, field)]))
  }
  const values: Readonly<Record<string, unknown>> = { Int: 1, SafeInt: 1, Float: 1, Decimal: '1', DateTime: '2026-11-20T00:00:00Z', Boolean: true, JSON: {} }
  return values[type.name] ?? 'x'
}

function coordinatesOf(name: string, { type }: Pick<GraphQLArgument | GraphQLInputField, 'type'>, path: readonly string[]): Coordinate[] {
  const named = getNamedType(type)
  const isList = isListType(isNonNullType(type) ? type.ofType : type)
  if (isInputObjectType(named)) {
    if (path.length > MAX_DEPTH) return []
    const inside = isList ? [...path, '0'] : path
    return Object.values(named.getFields()).flatMap(field => coordinatesOf(`${named.name}.${field.name}`, field, [...inside, field.name]))
  }
  return named.name === 'ID' || named.name === 'String' ? [{ name, type: named.name, path, isList }] : []
}

/** Returns the variables of an operation with a value at a coordinate. */
export function withValue({ variables }: Pick<GeneratedOperation, 'variables'>, { path, isList }: Coordinate, value: string): Record<string, unknown> {
  const copy = structuredClone(variables) as Record<string, unknown>
  let at = copy
  for (const [i, key] of path.entries()) {
    if (i === path.length - 1) at[key] = isList ? [value] : value
    else {
      at[key] ??= path[i + 1] === '0' ? [{}] : {}
      at = at[key] as Record<string, unknown>
    }
  }
  return copy
}

type Select = (type: GraphQLOutputType, depth?: number) => string

/** Returns a function that selects every field without required arguments. */
function selector(schema: GraphQLSchema, omitted: readonly string[]): Select {
  const select: Select = (type, depth = 0) => {
    const named = getNamedType(type)
    if (isLeafType(named)) return ''
    if (!isUnionType(named) && !isInterfaceType(named)) return `{ ${fieldsOf(named, depth, () => false)} }`
    const possible = schema.getPossibleTypes(named)
    const typesOf = (name: string) => new Set(possible.flatMap(one => one.getFields()[name] ?? []).map(field => String(field.type))).size
    const fragments = possible.map(one => `... on ${one.name} { ${fieldsOf(one, Math.max(depth, MAX_DEPTH - 1), name => typesOf(name) > 1)} }`)
    return `{ __typename ${fragments.join(' ')} }`
  }
  /** Fields that would conflict with those of another type get an alias. */
  const fieldsOf = (type: GraphQLOutputType, depth: number, conflicts: (name: string) => boolean) => {
    if (!isObjectType(type)) return '__typename'
    const fields = Object.values(type.getFields()).filter(({ name, args }) => !omitted.includes(name) && !args.some(isRequiredArgument))
    const selected = fields.flatMap(field => {
      // `nodes` repeats what `edges` contains.
      if (!isLeafType(getNamedType(field.type)) && (depth >= MAX_DEPTH || field.name === 'nodes')) return []
      return `${conflicts(field.name) ? `${type.name}_${field.name}: ` : ''}${field.name} ${select(field.type, depth + 1)}`
    })
    return `__typename ${selected.join(' ')}`
  }
  return select
}
