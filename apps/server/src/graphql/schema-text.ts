import { type GraphQLSchema, isObjectType, parse, printSchema, visit } from 'graphql'
import { SEMANTIC_NON_NULL } from './plugins/null-on-error.ts'
import { schema } from './schema.ts'

/** The file of the printed schema. It is committed, so that reviews show changes of the schema. */
export const SCHEMA_FILE = new URL('../../schema.graphql', import.meta.url)

const DIRECTIVE = `"""
The field is null only if the answer has an error with its path. Clients that treat each error as a failure can read its type as
non-null.
"""
directive @${SEMANTIC_NON_NULL}(levels: [Int!]! = [0]) on FIELD_DEFINITION
`

/** Returns the schema in the schema definition language. */
export function printSchemaText(): string {
  return `${DIRECTIVE}\n${withDirective(printSchema(schema), schema)}\n`
}

/** Adds the directive to its fields. Graphql does not print the directives of a schema that is made by a program. */
function withDirective(text: string, described: GraphQLSchema): string {
  const ends: number[] = []
  let fields: Record<string, { readonly extensions: object } | undefined> = {}
  visit(parse(text), {
    ObjectTypeDefinition({ name }) {
      const type = described.getType(name.value)
      fields = isObjectType(type) ? type.getFields() : {}
    },
    FieldDefinition({ name, type: { loc } }) {
      if (loc !== undefined && SEMANTIC_NON_NULL in (fields[name.value]?.extensions ?? {})) ends.push(loc.end)
    },
  })
  const parts = [0, ...ends].map((start, index) => text.slice(start, ends[index]))
  return parts.join(` @${SEMANTIC_NON_NULL}`)
}
