import { type Metadata, METADATA_LIMITS, type MetadataSource, metadata } from '@tollgate/metadata'
import { storableText } from '../engine/encode-call.ts'

/** What a request says about itself. */
export interface RequestFacts {
  readonly ipAddress?: string | null | undefined
  readonly userAgent?: string | null | undefined
  /** W3C Trace Context. */
  readonly traceparent?: string | null | undefined
  readonly requestId?: string | null | undefined
}

/** How the context of requests is made. */
export interface RequestContextOptions<Request> {
  /** Returns more metadata of a request, such as its customer. Called once for each request. */
  readonly metadata?: ((request: Request) => MetadataSource | undefined) | undefined
  /**
   * Whether to read the address of the client from `X-Forwarded-For`. Set it only behind a proxy that replaces the header, because
   * any client can send it. Defaults to false.
   */
  readonly trustProxy?: boolean | undefined
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}/

/** Returns the metadata of a request: its trace and request ids, and attributes for the rest. */
export function requestMetadata({ ipAddress, userAgent, traceparent, requestId }: RequestFacts, added?: MetadataSource): Metadata {
  const [, traceId, spanId] = TRACEPARENT.exec(traceparent ?? '') ?? []
  return metadata()
    .custom('ip_address', storableText(ipAddress, METADATA_LIMITS.attributeValueLength))
    .custom('user_agent', storableText(userAgent, METADATA_LIMITS.attributeValueLength))
    .custom('parent_span_id', spanId)
    .trace(traceId)
    .request(storableText(requestId, METADATA_LIMITS.textLength))
    .merge(added)
    .build()
}

/** Returns the address that a chain of proxies gives for the client. */
export function forwardedAddress(forwardedFor: string | null | undefined): string | undefined {
  return forwardedFor?.split(',')[0]?.trim()
}
