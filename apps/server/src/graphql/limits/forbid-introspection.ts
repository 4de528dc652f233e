import { GraphQLError, type ValidationRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'

const SCHEMA_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type'])

/** Rejects documents that read the schema. `__typename` is allowed, because clients need it. */
export function forbidIntrospection(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(noIntrospection)
    },
  }
}

const noIntrospection: ValidationRule = context => ({
  Field(node) {
    if (!SCHEMA_FIELDS.has(node.name.value)) return
    const message = 'This server does not return its schema. Ask its operator for the schema, or to start it with TOLLGATE_INTROSPECTION=1.'
    context.reportError(new GraphQLError(message, { nodes: [node], extensions: { code: 'INTROSPECTION_DISABLED' } }))
  },
})
