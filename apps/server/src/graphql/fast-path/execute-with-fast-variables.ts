import { execute, type ExecutionArgs, executeRootSelectionSet } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { coerceVariables } from './coerce-variables.ts'

/** Executes operations with `coerceVariables`, and with graphql alone when that leaves an operation to it. */
export function executeWithFastVariables(): Plugin {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) => {
        const validated = coerceVariables(args)
        return validated === undefined ? execute(args) : executeRootSelectionSet(validated)
      })
    },
  }
}
