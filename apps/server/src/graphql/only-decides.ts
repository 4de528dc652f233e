import { getOperationAST, Kind, OperationTypeNode, parse } from 'graphql'
import { MAX_TOKENS } from './limits/limits.ts'

/** What quotas answer by their policies' `storeFailure` while the database is away. */
const DECISIONS = new Set(['enforceQuotas', 'reserveQuotas'])

/** Whether a request asks for nothing but decisions of quotas, which can be made without the database. */
export function onlyDecides({ query, operationName }: { readonly query?: unknown; readonly operationName?: unknown }): boolean {
  if (typeof query !== 'string') return false
  try {
    const operation = getOperationAST(parse(query, { maxLexicalTokens: MAX_TOKENS, noLocation: true }), operationName as string | null | undefined)
    if (operation?.operation !== OperationTypeNode.MUTATION) return false
    return operation.selectionSet.selections.every(selection => selection.kind === Kind.FIELD && DECISIONS.has(selection.name.value))
  } catch {
    return false // What is wrong with it is said when the database is back.
  }
}
