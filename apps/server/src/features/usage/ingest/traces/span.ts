/** Attributes of a span or a resource, by name: texts, numbers and booleans. Lists and objects are left out. */
export type Attributes = Readonly<Record<string, unknown>>

/** A span as it was received. */
export interface Span {
  /** 32 lower-case hexadecimal digits, if it is valid. */
  readonly traceId: string
  /** 16 lower-case hexadecimal digits, if it is valid. */
  readonly spanId: string
  /** Nanoseconds since 1970; 0 if it has none. */
  readonly startNanos: bigint
  readonly endNanos: bigint
  readonly isError: boolean
  readonly statusMessage: string
  readonly attributes: Attributes
  readonly resource: Attributes
}

/** The value of an attribute whose text is not UTF-8. */
export const NOT_TEXT = Symbol('not text')

/** A body that is not an OTLP request with traces. */
export class MalformedTraces extends Error {
  override readonly name = 'MalformedTraces'
}

const USED = /^(?:gen_ai|llm|ai|openai|openinference|traceloop|tollgate|session|user|enduser|service|deployment|error|http)\./

/** Returns whether an attribute says anything about usage. Others are skipped while they are read. */
export function isUsedAttribute(name: string): boolean {
  return USED.test(name)
}

/** Returns an integer of 64 bits as a number; one that a number cannot hold as its text. */
export function integerOf(digits: string): number | string {
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : digits
}
