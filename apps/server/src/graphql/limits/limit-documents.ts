import { type DocumentNode, GraphQLError, Kind, parse, type ParseOptions, type Source, visit } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { QueryTooLarge } from '../errors/query-too-large.ts'
import { introspectionSize } from './introspection-size.ts'
import { MAX_FIELDS_WRITTEN, MAX_INTROSPECTION, MAX_NESTING_WRITTEN, MAX_TOKENS } from './query-limits.ts'

/**
 * Rejects documents that would be expensive to parse and validate: validation compares the fields of a document with each
 * other, and both validation and the parser recurse into nested parts. Lengths of lists are counted at execution.
 */
export function limitDocuments(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits)
    },
  }
}

function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  const document = parseOrReject(source, options)
  const { fields, nesting } = measure(document)
  if (nesting > MAX_NESTING_WRITTEN) throw toError(QueryTooLarge.nesting(MAX_NESTING_WRITTEN))
  if (fields > MAX_FIELDS_WRITTEN) throw toError(QueryTooLarge.fields(fields, MAX_FIELDS_WRITTEN))
  const introspection = introspectionSize(document)
  if (introspection > MAX_INTROSPECTION) throw toError(QueryTooLarge.introspection(introspection, MAX_INTROSPECTION))
  return document
}

function parseOrReject(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxLexicalTokens: MAX_TOKENS })
  } catch (error) {
    // The parser recurses. A stack overflow means that the document is nested far too deeply.
    if (error instanceof RangeError) throw toError(QueryTooLarge.nesting(MAX_NESTING_WRITTEN))
    throw error
  }
}

function measure(document: DocumentNode): { fields: number; nesting: number } {
  let fields = 0
  let depth = 0
  let nesting = 0
  const move = (step: 1 | -1) => () => {
    depth += step
    nesting = Math.max(nesting, depth)
  }
  const nested = { enter: move(1), leave: move(-1) }
  visit(document, {
    [Kind.FIELD]: () => {
      fields += 1
    },
    [Kind.SELECTION_SET]: nested,
    [Kind.LIST]: nested,
    [Kind.OBJECT]: nested,
  })
  return { fields, nesting }
}

function toError({ code, message }: QueryTooLarge): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } })
}
