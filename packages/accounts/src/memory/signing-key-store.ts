import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { ApiKeyStore } from '../api-key-store.ts'
import type { SigningKey } from '../model/signing-key.ts'
import { type SigningKeyStore, type TokenKeys, tokenKeysId } from '../signing-key-store.ts'

/** Keeps signing keys in this process. */
export function memorySigningKeyStore(apiKeys: Pick<ApiKeyStore, 'byIds'>): SigningKeyStore {
  let keys: readonly SigningKey[] = []
  const isEarlier = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0
  return {
    async add(key) {
      keys = [...keys, key].toSorted((a, b) => Temporal.Instant.compare(a.createdAt, b.createdAt))
    },
    newest: async () => keys.at(-1),
    async removeSupersededBefore(time) {
      keys = keys.filter(old => !keys.some(newer => isEarlier(old.createdAt, newer.createdAt) && isEarlier(newer.createdAt, time)))
    },
    async removeAllBut(id) {
      keys = keys.filter(key => key.id === id)
    },
    async tokenKeys(tokens) {
      const found = new Map<string, TokenKeys>()
      for (const token of tokens) {
        const key = keys.find(({ id }) => id === token.signingKeyId)
        const [apiKey = null] = token.apiKeyId === null ? [] : await apiKeys.byIds(OPERATOR_SCOPE, [token.apiKeyId])
        if (key !== undefined) found.set(tokenKeysId(token), { publicKey: key.publicKey, apiKey })
      }
      return found
    },
  }
}
