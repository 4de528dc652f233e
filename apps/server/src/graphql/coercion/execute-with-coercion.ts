import { execute, type ExecutionArgs, executeRootSelectionSet } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { executeForViewer } from '../execute-for-viewer.ts'
import { coerceVariables } from './coerce-variables.ts'

/** Executes operations with `coerceVariables`, and with graphql alone when that leaves an operation to it. Yoga's own executor copies every value of the variables first. */
export function executeWithCoercion(): Plugin {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) => {
        const validated = coerceVariables(args)
        return executeForViewer(args, () => (validated === undefined ? execute(args) : executeRootSelectionSet(validated)))
      })
    },
  }
}
