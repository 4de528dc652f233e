import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations'
import type { Plugin } from 'graphql-yoga'
import { operationHash } from './persisted-operations.ts'
import type { PersistedOperationsSettings } from './read-persisted-operations.ts'

/** The parameter of requests with the hash of a persisted operation. */
export const DOCUMENT_ID = 'documentId'

const badRequest = (code: string, message: string) => ({ message, extensions: { code, http: { status: 400 } } })

/** Errors of requests that name no persisted operation, or none that exists. The codes are those of other GraphQL servers. */
export const PERSISTED_ERRORS = {
  notFound: badRequest('PERSISTED_QUERY_NOT_IN_LIST', 'There is no persisted operation with this hash. Deploy it to the server, or check the hash.'),
  keyNotFound: badRequest('PERSISTED_QUERY_ID_REQUIRED', 'The request names no operation. Send its text as "query", or its SHA-256 hash as "documentId".'),
  persistedQueryOnly: badRequest(
    'PERSISTED_QUERY_ONLY',
    'This server executes persisted operations only. Send the SHA-256 hash of one as "documentId", and no "query".',
  ),
} as const

/** Executes operations that are sent by their hash. */
export function servePersistedOperations({ operations, required }: PersistedOperationsSettings): Plugin {
  return usePersistedOperations({
    allowArbitraryOperations: !required,
    // The parameters of a GET request that yoga knows do not include this one.
    extractPersistedOperationId: (params, { method, url }) =>
      operationHash(method === 'GET' ? { ...params, documentId: new URL(url).searchParams.get(DOCUMENT_ID) } : params) ?? null,
    getPersistedOperation: hash => operations.get(hash) ?? null,
    customErrors: PERSISTED_ERRORS,
  })
}
