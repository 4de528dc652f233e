import { type DocumentNode, GraphQLError, type GraphQLSchema, validate, type ValidationRule, ValuesOfCorrectTypeRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { MAX_ERRORS } from '../limits/query-limits.ts'
import { separateKeptLiterals } from './separate-kept-literals.ts'

/** Options of the validation. */
export interface ValidationSettings {
  /** Whether errors suggest names of the schema that resemble an unknown one. */
  readonly suggestions: boolean
}

/** Validates documents without the literals of types with `keepsRefusedValues`: their resolvers check them, and reject only what is wrong. */
export function validateOutsideKeptLiterals({ suggestions }: ValidationSettings): Plugin {
  // One more than are shown, to know whether there are more.
  const options = { maxErrors: MAX_ERRORS + 1, hideSuggestions: !suggestions }
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[] = []) => {
        const { withoutDefaults } = separateKeptLiterals(schema, document)
        if (withoutDefaults === document || !rules.includes(ValuesOfCorrectTypeRule)) return limited(validate(schema, document, rules, options))
        const others = rules.filter(rule => rule !== ValuesOfCorrectTypeRule)
        return limited([...validate(schema, document, others, options), ...validate(schema, withoutDefaults, [ValuesOfCorrectTypeRule], options)])
      })
    },
  }
}

function limited(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if (errors.length <= MAX_ERRORS) return errors
  return [...errors.slice(0, MAX_ERRORS), new GraphQLError(`The query has more than ${MAX_ERRORS} errors. Correct these first; then the others are reported.`)]
}
