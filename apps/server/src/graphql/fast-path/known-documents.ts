import type { DocumentNode, ValidatedExecutionArgs } from 'graphql'
import type { RequestWork } from '../../database/admission/request-work.ts'
import type { PreparedOperation } from '../coercion/coerce-variables.ts'
import type { BoundedCache } from '../limits/bounded-cache.ts'
import type { CollectedFields } from './known-operation-executor.ts'

/** A document that was executed before. */
export interface KnownDocument {
  readonly document: DocumentNode
  /** Its operations by name; null for the only one. Filled by requests. */
  readonly operations: Map<string | null, KnownOperation>
}

/** What the executions of an operation have in common. */
export interface KnownOperation {
  readonly prepared: PreparedOperation
  readonly kind: RequestWork['kind']
  readonly args: ValidatedExecutionArgs
  /** Undefined if directives decide about fields in each execution. */
  readonly fields: CollectedFields | undefined
  /** Whether its result is within the limits, whatever the variables are. */
  readonly isWithinLimits: boolean
}

/** Remembers the document of a text. What is known of its operations stays if the same document is executed again. */
export function rememberDocument(documents: BoundedCache<KnownDocument>, text: string, document: DocumentNode): void {
  if (documents.get(text)?.document !== document) documents.set(text, { document, operations: new Map() })
}
