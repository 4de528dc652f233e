import { buildSchema, type GraphQLSchema, isAbstractType, isNonNullType, isObjectType } from 'graphql'

const HEADER = '// Generated from the schema of the server. Do not edit: run `npm run schema`.\n'

/** Returns the TypeScript of what clients know about the types of a schema: members of unions and interfaces, and types that have no id, or may have none. */
export function clientTypes(schemaText: string): string {
  const schema = buildSchema(schemaText)
  return `${HEADER}
/** Members of each union and interface. */
export const possibleTypes: Readonly<Record<string, string[]>> = ${print(membersOf(schema))}

/** Object types without an \`id\`, or with one that may be null. */
export const embeddedTypes: readonly string[] = ${print(withoutId(schema))}
`
}

function membersOf(schema: GraphQLSchema): Record<string, string[]> {
  const types = Object.values(schema.getTypeMap()).filter(isAbstractType)
  return Object.fromEntries(
    types.map(type => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function withoutId(schema: GraphQLSchema): string[] {
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
  return Object.values(schema.getTypeMap())
    .filter(type => isObjectType(type) && !type.name.startsWith('__') && !roots.has(type) && !isNonNullType(type.getFields()['id']?.type))
    .map(({ name }) => name)
    .toSorted()
}

/** Prints JSON in the format of the repository: with single quotes, and names without quotes. */
function print(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'")
}
