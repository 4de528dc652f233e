import type { PersistedOperationsSettings } from './read-persisted-operations.ts'

/** The parts of a request that name its operation, unchecked. */
export interface OperationRequest {
  readonly query?: unknown
  readonly documentId?: unknown
  readonly extensions?: unknown
}

const HASH_PREFIX = 'sha256:'

/**
 * Returns the hash by which a request names a persisted operation: `documentId`, as in the proposal for GraphQL over HTTP,
 * or `extensions.persistedQuery`, as Apollo clients send it.
 */
export function operationHash({ documentId, extensions }: OperationRequest): string | undefined {
  if (typeof documentId === 'string') return documentId.startsWith(HASH_PREFIX) ? documentId.slice(HASH_PREFIX.length) : documentId
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { version?: unknown; sha256Hash?: unknown } | null }
  return persistedQuery?.version === 1 && typeof persistedQuery.sha256Hash === 'string' ? persistedQuery.sha256Hash : undefined
}

/** Returns the text of the operation of a request. Undefined if there is none, or if it may not be sent as text. */
export function operationText(request: OperationRequest = {}, persisted: PersistedOperationsSettings | undefined): string | undefined {
  const { query } = request
  if (typeof query === 'string' && query !== '') return persisted?.required === true ? undefined : query
  if (persisted === undefined) return undefined
  const hash = operationHash(request)
  return hash === undefined ? undefined : persisted.operations.get(hash)
}
