import { type DocumentNode, type GraphQLSchema, validate, type ValidationRule, ValuesOfCorrectTypeRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { separateKeptLiterals } from './separate-kept-literals.ts'

/** Validates documents without the literals of types with `keepsRefusedValues`: their resolvers check them, and reject only what is wrong. */
export function validateOutsideKeptLiterals(): Plugin {
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[] = []) => {
        const { withoutDefaults } = separateKeptLiterals(schema, document)
        if (withoutDefaults === document || !rules.includes(ValuesOfCorrectTypeRule)) return validate(schema, document, rules)
        const others = rules.filter(rule => rule !== ValuesOfCorrectTypeRule)
        return [...validate(schema, document, others), ...validate(schema, withoutDefaults, [ValuesOfCorrectTypeRule])]
      })
    },
  }
}
