import { isStorableText, NOT_STORABLE } from '@tollgate/kernel'
import { GraphQLError, GraphQLID, type GraphQLScalarType, GraphQLString } from 'graphql'

/**
 * Makes the scalars String and ID reject text that PostgreSQL cannot store, in variables and in literals. So no resolver
 * receives such text. The scalars of graphql itself are changed, because its introspection uses them and a schema has one
 * type of each name.
 */
export function requireStorableText(): void {
  for (const scalar of [GraphQLString, GraphQLID]) if (!changed.has(scalar)) change(scalar)
}

const changed = new WeakSet<GraphQLScalarType>()

function change(scalar: GraphQLScalarType): void {
  changed.add(scalar)
  const { coerceInputValue, coerceInputLiteral } = scalar
  scalar.coerceInputValue = value => {
    const text = coerceInputValue(value)
    if (typeof text === 'string' && !isStorableText(text)) throw new GraphQLError(`${scalar.name} ${NOT_STORABLE}.`)
    return text
  }
  scalar.coerceInputLiteral = node => {
    const text = coerceInputLiteral?.(node)
    if (typeof text === 'string' && !isStorableText(text)) throw new GraphQLError(`${scalar.name} ${NOT_STORABLE}.`, { nodes: node })
    return text
  }
}
