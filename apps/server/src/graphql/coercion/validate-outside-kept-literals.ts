import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, OperationTypeNode, validate, type ValidationRule, ValuesOfCorrectTypeRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { MAX_ERRORS } from '../limits/query-limits.ts'
import { markRefusedLiterals } from './refused-literals.ts'
import { separateKeptLiterals, type Separation } from './separate-kept-literals.ts'

/** Options of the validation. */
export interface ValidationSettings {
  /** Whether errors suggest names of the schema that resemble an unknown one. */
  readonly suggestions: boolean
}

/**
 * Validates documents without the literals of types with `keepsRefusedValues`: their resolvers check them, and reject only what is wrong.
 * A document whose only errors are values in inputs of mutations is valid: each such mutation answers with them.
 */
export function validateOutsideKeptLiterals({ suggestions }: ValidationSettings): Plugin {
  // One more than are shown, to know whether there are more.
  const options = { maxErrors: MAX_ERRORS + 1, hideSuggestions: !suggestions }
  return {
    onValidate({ setValidationFn }) {
      setValidationFn((schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[] = []) => {
        if (!rules.includes(ValuesOfCorrectTypeRule)) return limited(validate(schema, document, rules, options))
        const others = rules.filter(rule => rule !== ValuesOfCorrectTypeRule)
        const ofValues = (separation: Separation) =>
          validate(schema, separateKeptLiterals(schema, document, separation).withoutDefaults, [ValuesOfCorrectTypeRule], options)
        // In one pass if no literals are kept.
        const isWhole = separateKeptLiterals(schema, document).withoutDefaults === document
        const errors = isWhole ? validate(schema, document, rules, options) : [...validate(schema, document, others, options), ...ofValues('kept')]
        if (errors.length === 0 || !hasMutation(document)) return limited(errors)
        const inOthers = validate(schema, document, others, options)
        const wrongElsewhere = inOthers.length > 0 ? errors : ofValues('inputs')
        if (wrongElsewhere.length === 0) markRefusedLiterals(document)
        return limited(wrongElsewhere)
      })
    },
  }
}

function hasMutation({ definitions }: DocumentNode): boolean {
  return definitions.some(definition => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION)
}

function limited(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if (errors.length <= MAX_ERRORS) return errors
  return [...errors.slice(0, MAX_ERRORS), new GraphQLError(`The query has more than ${MAX_ERRORS} errors. Correct these first; then the others are reported.`)]
}
