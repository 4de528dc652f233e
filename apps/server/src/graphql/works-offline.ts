import { getOperationAST, Kind, OperationTypeNode, parse } from 'graphql'
import { features } from '../features/index.ts'
import { type OperationRequest, operationText } from './persisted/persisted-operations.ts'
import type { PersistedOperationsSettings } from './persisted/read-persisted-operations.ts'
import { MAX_TOKENS } from './limits/query-limits.ts'

const MUTATIONS: ReadonlySet<string> = new Set(features.flatMap(({ offline }) => offline?.mutations ?? []))

/** Returns whether a request consists of mutations that work while the database is down, such as quota decisions. */
export function worksOffline(request: OperationRequest & { readonly operationName?: unknown }, persisted?: PersistedOperationsSettings): boolean {
  const [query, { operationName }] = [operationText(request, persisted), request]
  if (query === undefined) return false
  try {
    const operation = getOperationAST(parse(query, { maxLexicalTokens: MAX_TOKENS, noLocation: true }), operationName as string | null | undefined)
    if (operation?.operation !== OperationTypeNode.MUTATION) return false
    return operation.selectionSet.selections.every(selection => selection.kind === Kind.FIELD && MUTATIONS.has(selection.name.value))
  } catch {
    return false // Syntax errors are reported when the database is back.
  }
}
