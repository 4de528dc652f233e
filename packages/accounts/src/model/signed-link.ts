import { readSignedText, type SignedKind, signText, type UnverifiedText } from './signed-text.ts'
import type { SigningKey } from './signing-key.ts'

/** What a signed link states. */
export interface SignedLinkClaims {
  readonly tenantId: string
  /** The one thing that it shows, such as "invoice 0192….pdf". */
  readonly resource: string
  readonly expiresAtSeconds: number
}

/** Links, as they are signed. */
export const SIGNED_LINK: SignedKind = { prefix: 'tgl', title: 'tollgate signed link' }

/** Signs claims: `tgl_<id of the signing key>.<claims>.<signature>`. */
export function signLink({ tenantId, resource, expiresAtSeconds }: SignedLinkClaims, key: Pick<SigningKey, 'id' | 'privateKey'>): string {
  return signText(SIGNED_LINK, [tenantId, resource, expiresAtSeconds], key)
}

/** Reads a link. Returns undefined if it is malformed. Nothing in it may be trusted before it is verified. */
export function readLink(link: string): (UnverifiedText & { readonly claims: SignedLinkClaims }) | undefined {
  const read = readSignedText(SIGNED_LINK, link, 3)
  const [tenantId, resource, expiresAtSeconds] = read?.values ?? []
  if (read === undefined || typeof tenantId !== 'string' || typeof resource !== 'string' || !Number.isSafeInteger(expiresAtSeconds)) return undefined
  return { ...read, claims: { tenantId, resource, expiresAtSeconds: expiresAtSeconds as number } }
}
