import type { Metadata } from '@tollgate/metadata'
import { forwardedAddress, type RequestContextOptions, requestMetadata } from './request-metadata.ts'

/** The part of a request of node:http that is read. */
export interface NodeRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/** Returns the metadata of a request of node:http, or of a framework on top of it. */
export function nodeRequestMetadata<Request extends NodeRequest>(
  request: Request,
  { metadata, trustProxy = false }: RequestContextOptions<Request>,
  ipAddress: string | undefined = request.socket.remoteAddress,
): Metadata {
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : value?.[0]
  }
  const facts = {
    ipAddress: (trustProxy ? forwardedAddress(header('x-forwarded-for')) : undefined) ?? ipAddress,
    userAgent: header('user-agent'),
    traceparent: header('traceparent'),
    requestId: header('x-request-id'),
  }
  return requestMetadata(facts, metadata?.(request))
}
