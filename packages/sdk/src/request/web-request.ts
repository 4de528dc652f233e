import type { Metadata } from '@tollgate/metadata'
import { forwardedAddress, type RequestContextOptions, requestMetadata } from './request-metadata.ts'

/** The part of a request of the Fetch API that is read. */
export interface WebRequest {
  readonly headers: { get(name: string): string | null }
}

/** Returns the metadata of a request of the Fetch API, which does not know the address of the client. */
export function webRequestMetadata<Request extends WebRequest>(
  request: Request,
  ipAddress: string | undefined,
  { metadata, trustProxy = false }: RequestContextOptions<Request>,
): Metadata {
  const { headers } = request
  const facts = {
    ipAddress: (trustProxy ? forwardedAddress(headers.get('x-forwarded-for')) : undefined) ?? ipAddress,
    userAgent: headers.get('user-agent'),
    traceparent: headers.get('traceparent'),
    requestId: headers.get('x-request-id'),
  }
  return requestMetadata(facts, metadata?.(request))
}
