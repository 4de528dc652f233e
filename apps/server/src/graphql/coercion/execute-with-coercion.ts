import { execute, type ExecutionArgs, executeRootSelectionSet } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { executeForViewer } from '../execute-for-viewer.ts'
import { MAX_ERRORS } from '../limits/query-limits.ts'
import { coerceVariables } from './coerce-variables.ts'
import type { ValidationSettings } from './validate-outside-kept-literals.ts'

/** Returns graphql's options for errors in variables. */
export function variableErrors({ suggestions }: ValidationSettings): Pick<ExecutionArgs, 'hideSuggestions' | 'options'> {
  return { hideSuggestions: !suggestions, options: { maxCoercionErrors: MAX_ERRORS } }
}

/** Executes operations with `coerceVariables`, and with graphql alone when that leaves an operation to it. Yoga's own executor copies every value of the variables first. */
export function executeWithCoercion(settings: ValidationSettings): Plugin {
  const options = variableErrors(settings)
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) => {
        const validated = coerceVariables(args)
        return executeForViewer(args, () => (validated === undefined ? execute({ ...args, ...options }) : executeRootSelectionSet(validated)))
      })
    },
  }
}
