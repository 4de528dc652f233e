import type { Temporal } from '@tollgate/kernel'

/** What a link shows, until it expires. */
export interface SignedLink {
  readonly tenantId: string
  /** The one thing that it shows, such as "invoice 0192….pdf". */
  readonly resource: string
}

/** Why a link is not valid. */
export type LinkFailure = 'link-unknown' | 'link-expired'

/** Short-lived links that need no key, each to one thing of one tenant, such as a document to download. */
export interface SignedLinks {
  /** Signs links to resources of tenants. Returns the text that `verify` reads, in order. */
  sign(
    links: readonly SignedLink[],
    options: { readonly ttlSeconds: number },
  ): Promise<{ readonly texts: readonly string[]; readonly expiresAt: Temporal.Instant }>
  verify(text: string): Promise<SignedLink | LinkFailure>
}
