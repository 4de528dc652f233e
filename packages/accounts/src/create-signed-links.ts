import { type Clock, InvalidInput, Temporal } from '@tollgate/kernel'
import { checkShape, inputShape, requireList, requireText } from '@tollgate/kernel/input'
import { currentSigningKey } from './current-signing-key.ts'
import { INPUTS } from './input-shapes.ts'
import { readLink, SIGNED_LINK, signLink } from './model/signed-link.ts'
import { isSignedWith } from './model/signed-text.ts'
import type { SignedLinks } from './signed-links.ts'
import { type SigningKeyStore, tokenKeysId } from './signing-key-store.ts'

/** What signed links are composed of. */
export interface SignedLinksDependencies {
  /** The keys that sign access tokens sign links too. */
  readonly store: SigningKeyStore
  readonly clock: Clock
}

/** Maximum lifetime of a link. */
export const MAX_LINK_TTL_SECONDS = 3600

const OPTIONS = inputShape<SignedLinksDependencies>({ store: 'object', clock: 'object' })

/** Creates signed links over the store of signing keys. Links end when their signing key is removed. Throws `InvalidInput` for other options. */
export function createSignedLinks(options: SignedLinksDependencies): SignedLinks {
  checkShape(OPTIONS, options)
  const { store, clock } = options
  return {
    async sign(links, lifetime) {
      requireList('links', links)
      for (const [i, link] of links.entries()) checkShape(INPUTS.link, link, `links.${i}`)
      checkShape(INPUTS.lifetime, lifetime)
      const { ttlSeconds } = lifetime
      if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_LINK_TTL_SECONDS) {
        throw new InvalidInput([{ path: 'ttlSeconds', message: `must be 1 to ${MAX_LINK_TTL_SECONDS}, not ${ttlSeconds}` }])
      }
      const key = await currentSigningKey(store, clock)
      const expiresAtSeconds = Math.floor(clock.now().epochMilliseconds / 1_000) + ttlSeconds
      return { texts: links.map(link => signLink({ ...link, expiresAtSeconds }, key)), expiresAt: instantOf(expiresAtSeconds) }
    },

    async verify(text) {
      requireText('text', text)
      const read = readLink(text)
      if (read === undefined) return 'link-unknown'
      const query = { signingKeyId: read.signingKeyId, apiKeyId: null }
      const keys = (await store.tokenKeys([query])).get(tokenKeysId(query))
      if (keys === undefined || !isSignedWith(keys.publicKey, SIGNED_LINK, read)) return 'link-unknown'
      const { tenantId, resource, expiresAtSeconds } = read.claims
      return Temporal.Instant.compare(instantOf(expiresAtSeconds), clock.now()) <= 0 ? 'link-expired' : { tenantId, resource }
    },
  }
}

function instantOf(seconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1_000)
}
