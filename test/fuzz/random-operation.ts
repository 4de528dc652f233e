import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { literal, randomValue, type ValueSource } from './random-value.ts'

/** A random request of GraphQL. */
export interface RandomOperation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

const MAX_FIELDS = 40
const MAX_LEVELS = 6

/** Returns a random operation of the schema: valid in form, with arguments that are mostly of their type. */
export function randomOperation(schema: GraphQLSchema, source: ValueSource): RandomOperation {
  const { random } = source
  const kind = random.pick(['query', 'query', 'query', 'mutation', 'mutation', 'subscription'] as const)
  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind] as GraphQLObjectType
  const definitions: string[] = []
  const variables: Record<string, unknown> = {}
  let fields = 0

  function argumentsOf(args: readonly GraphQLArgument[]): string {
    const given = args.filter(argument => (isRequiredArgument(argument) ? !random.chance(source.wildness / 4) : random.chance(0.4)))
    if (given.length === 0) return ''
    return `(${given.map(argument => `${argument.name}: ${argumentOf(argument)}`).join(', ')})`
  }

  function argumentOf({ name, type }: GraphQLArgument): string {
    const value = randomValue(type, name, source)
    if (random.chance(0.4)) return literal(value)
    const variable = `v${definitions.length}`
    definitions.push(`$${variable}: ${type.toString()}`)
    variables[variable] = value
    return `$${variable}`
  }

  function fieldOf(field: GraphQLField<unknown, unknown>, level: number): string {
    fields += 1
    const alias = random.chance(0.3) || field.args.length > 0 ? `f${fields}: ` : ''
    const directive = random.chance(0.03) ? ` @${random.pick(['skip', 'include'])}(if: ${random.chance(0.5)})` : ''
    return `${alias}${field.name}${argumentsOf(field.args)}${directive}${selectionOf(field.type, level)}`
  }

  function selectionOf(type: GraphQLOutputType, level: number): string {
    const named = getNamedType(type)
    if (isLeafType(named)) return ''
    if (isAbstractType(named)) {
      const members = random.shuffle(schema.getPossibleTypes(named)).slice(0, 3)
      const parts = members.map((member, i) => `... on ${member.name}${fieldsOf(member, level, `m${i}`)}`)
      return ` { __typename ${parts.join(' ')} }`
    }
    return isObjectType(named) ? fieldsOf(named, level) : ''
  }

  /** With `prefix`, every field has an alias: members of a union have fields of the same name and other types. */
  function fieldsOf(type: GraphQLObjectType, level: number, prefix?: string): string {
    const isEnough = fields >= MAX_FIELDS || level >= MAX_LEVELS
    const candidates = Object.values(type.getFields()).filter(({ type: fieldType }) => !isEnough || isLeafType(getNamedType(fieldType)))
    const chosen = random.shuffle(candidates).slice(0, isEnough ? 1 : random.between(1, 6))
    const parts = chosen.map((field, i) => {
      const text = fieldOf(field, level + 1)
      return prefix === undefined || /^f\d+: /.test(text) ? text : `${prefix}_${level}_${i}: ${text}`
    })
    return ` { ${parts.length > 0 ? parts.join(' ') : '__typename'} }`
  }

  const count = kind === 'subscription' ? 1 : random.pick([1, 1, 2, 3])
  const selected = Array.from({ length: count }, () => fieldOf(random.pick(Object.values(root.getFields())), 1))
  return { kind, query: `${kind} Fuzz${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} { ${selected.join(' ')} }`, variables }
}
