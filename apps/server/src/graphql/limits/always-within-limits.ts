import { complexityFromQuery } from '@pothos/plugin-complexity'
import { Kind, TypeInfo, type ValidatedExecutionArgs, visit, visitWithTypeInfo } from 'graphql'
import { isWithinLimits } from './limit-results.ts'

/** Returns whether the result of an operation is within the limits, whatever its variables are. False if that depends on arguments. */
export function isAlwaysWithinLimits({ schema, document, operation }: Pick<ValidatedExecutionArgs, 'schema' | 'document' | 'operation'>): boolean {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  const selected = { kind: Kind.DOCUMENT, definitions: [{ ...operation, variableDefinitions: [] }, ...fragments] } as const
  const types = new TypeInfo(schema)
  let depends = false
  visit(
    selected,
    visitWithTypeInfo(types, {
      Field() {
        if (typeof types.getFieldDef()?.extensions['complexity'] === 'function') depends = true
      },
    }),
  )
  return !depends && isWithinLimits(complexityFromQuery(selected, { schema, variables: {}, ctx: {} }))
}
