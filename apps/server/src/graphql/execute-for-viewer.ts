import { type ExecutionArgs, getOperationAST, OperationTypeNode } from 'graphql'
import { executeFor, type RequestWork } from '../database/admission/request-work.ts'
import type { GraphQLContext } from './context.ts'

/** Returns what operations of a type do in the database. */
export function workOf(operation: OperationTypeNode | undefined): RequestWork['kind'] {
  return operation === OperationTypeNode.MUTATION ? 'change' : 'read'
}

/** Executes an operation so that its work in the database is limited as work of its viewer. */
export function executeForViewer<Result>({ document, operationName, contextValue }: ExecutionArgs, execute: () => Result): Result {
  const { viewer } = (contextValue ?? {}) as Partial<GraphQLContext>
  return executeFor(viewer, workOf(getOperationAST(document, operationName)?.operation), execute)
}
