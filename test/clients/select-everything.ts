import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'

const MAX_DEPTH = 4

/** Returns an operation for each root field that selects all fields, four levels deep, with a variable for each required argument. */
export function selectEverything(schema: GraphQLSchema): readonly string[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
  return roots.flatMap(([kind, type]) => Object.values(type?.getFields() ?? {}).map(field => operation(schema, { kind, field })))
}

function operation(schema: GraphQLSchema, { kind, field }: { readonly kind: string; readonly field: GraphQLField<unknown, unknown> }): string {
  const variables: string[] = []
  const selected = select(schema, { field, depth: 0, variables })
  const name = `${kind}_${field.name}`
  return `${kind} ${name}${variables.length > 0 ? `(${variables.join(', ')})` : ''} { ${selected} }`
}

interface Selection {
  readonly field: GraphQLField<unknown, unknown>
  readonly depth: number
  /** Declarations of variables, which the selection adds to. */
  readonly variables: string[]
}

function select(schema: GraphQLSchema, { field, depth, variables }: Selection): string {
  const args = field.args.filter(argument => isRequiredArgument(argument) || depth === 0).map(argument => `${argument.name}: ${variable(argument, variables)}`)
  const fields = fieldsOf(schema, { type: getNamedType(field.type), depth: depth + 1, variables })
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${fields}`
}

function variable({ name, type }: GraphQLArgument, variables: string[]): string {
  const unique = `$${name}${variables.length}`
  variables.push(`${unique}: ${type.toString()}`)
  return unique
}

interface TypeSelection extends Omit<Selection, 'field'> {
  readonly type: GraphQLNamedType
}

function fieldsOf(schema: GraphQLSchema, { type, depth, variables }: TypeSelection): string {
  if (!isCompositeType(type)) return ''
  if (isAbstractType(type)) {
    const members = schema.getPossibleTypes(type).map(member => `... on ${member.name}${fieldsOf(schema, { type: member, depth, variables })}`)
    const shared = isInterfaceType(type) ? ('id' in type.getFields() ? 'id' : '') : ''
    return ` { __typename ${shared} ${depth < MAX_DEPTH ? members.join(' ') : ''} }`
  }
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).filter(field => depth < MAX_DEPTH || !isCompositeType(getNamedType(field.type)))
  // Members of a union may have fields of the same name and other types, so each gets a name of its own.
  return ` { __typename ${fields.map(field => `${type.name}_${field.name}: ${select(schema, { field, depth, variables })}`).join(' ')} }`
}
