import { OPERATOR_SCOPE, type Scope, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountStore } from '../account-store.ts'
import type { ApiKeyQuery } from '../api-key-store.ts'
import { makeApiKey } from './make-api-key.ts'
import { makeTenant } from './make-tenant.ts'

const EARLIER = Temporal.Instant.from('2026-11-20T10:00:00.000001Z')
const LATER = Temporal.Instant.from('2026-11-20T11:00:00Z')
const UNKNOWN_ID = '01900000-0000-7000-8000-ffffffffffff'
const nothing = async () => {}
const hashOf = (number: number) => number.toString(16).padStart(64, '0')

/** The contract of every account store. `make` returns an empty store for each test. */
export function describeAccountStore(name: string, make: () => Promise<AccountStore>): void {
  describe(`${name} as an account store`, () => {
    let store: AccountStore
    beforeEach(async () => {
      store = await make()
    })

    const tenantIds = async (scope: Scope, ids: readonly string[]) => (await store.tenants.byIds(scope, ids)).map(({ id }) => id).toSorted()
    const addKey = async (values: Parameters<typeof makeApiKey>[0]) => {
      const apiKey = makeApiKey(values)
      await store.apiKeys.add(apiKey, hashOf(values.number))
      return apiKey
    }
    const readKey = async (number: number) => (await store.apiKeys.bySecretHashes([hashOf(number)])).get(hashOf(number))

    describe('tenants', () => {
      const acme = makeTenant({
        id: 'acme',
        name: 'Acme "Ünïcode" 🚀',
        tier: 'pro',
        timeZone: 'Asia/Kolkata',
        currency: 'EUR',
        billingAnchorDay: 31,
        createdAt: Temporal.Instant.from('2026-11-20T09:00:00.123456Z'),
      })
      const globex = makeTenant({ id: 'globex' })

      it('returns a tenant exactly as it was added', async () => {
        expect(await store.tenants.add(acme)).toBe(true)
        expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toEqual([acme])
        expect((await store.tenants.list(OPERATOR_SCOPE, { first: 1 })).items).toEqual([acme])
      })
      it('refuses an id that is taken and keeps the first tenant', async () => {
        await store.tenants.add(acme)
        expect(await store.tenants.add(makeTenant({ id: 'acme', name: 'Another' }))).toBe(false)
        expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toEqual([acme])
      })
      it('adds a tenant once when many are added at once', async () => {
        const added = await Promise.all(Array.from({ length: 8 }, (_, i) => store.tenants.add(makeTenant({ id: 'acme', name: `Acme ${i}` }))))
        expect(added.filter(Boolean)).toHaveLength(1)
      })
      it('returns only tenants that exist, each once', async () => {
        await store.tenants.add(acme)
        expect(await tenantIds(OPERATOR_SCOPE, ['acme', 'nobody', 'acme'])).toEqual(['acme'])
        expect(await tenantIds(OPERATOR_SCOPE, [])).toEqual([])
      })
      it('returns only tenants in the scope', async () => {
        await store.tenants.add(acme)
        await store.tenants.add(globex)
        expect(await tenantIds(tenantScope('acme'), ['acme', 'globex'])).toEqual(['acme'])
        expect((await store.tenants.list(tenantScope('acme'), { first: 10 })).items).toEqual([acme])
        expect((await store.tenants.list(tenantScope(), { first: 10 })).items).toEqual([])
      })
      it('lists pages in the order of ids by code point', async () => {
        for (const id of ['b', 'B', 'a', 'a-1', 'a1']) await store.tenants.add(makeTenant({ id }))
        const page = async (first: number, after?: string) => {
          const { items, hasMore } = await store.tenants.list(OPERATOR_SCOPE, { first, after })
          return [items.map(({ id }) => id), hasMore]
        }
        expect(await page(2)).toEqual([['B', 'a'], true])
        expect(await page(2, 'a')).toEqual([['a-1', 'a1'], true])
        expect(await page(2, 'a1')).toEqual([['b'], false])
        expect(await page(2, 'b')).toEqual([[], false])
      })

      describe('update', () => {
        beforeEach(() => store.tenants.add(acme))

        it('stores and returns the changed tenant, and passes on the previous one', async () => {
          const changed = { ...acme, name: 'Acme Ltd', tier: null, timeZone: 'UTC', currency: 'USD', billingAnchorDay: 15 }
          const previous: unknown[] = []
          const afterwards = async (before: unknown) => void previous.push(before)
          expect(await store.tenants.update('acme', { apply: () => changed, afterwards })).toEqual(changed)
          expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toEqual([changed])
          expect(previous).toEqual([acme])
        })
        it('writes nothing, and calls nothing, if nothing changes', async () => {
          const afterwards = () => Promise.reject(new Error('called'))
          expect(await store.tenants.update('acme', { apply: tenant => ({ ...tenant }), afterwards })).toEqual(acme)
        })
        it('calls nothing for an unknown tenant', async () => {
          const fail = () => {
            throw new Error('called')
          }
          expect(await store.tenants.update('nobody', { apply: fail, afterwards: fail })).toBeUndefined()
        })
        it('stores nothing if the change is refused', async () => {
          const apply = () => {
            throw new Error('refused')
          }
          await expect(store.tenants.update('acme', { apply, afterwards: nothing })).rejects.toThrow('refused')
          expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toEqual([acme])
        })
        it('stores nothing if what follows fails, and can be updated again', async () => {
          const apply = () => ({ ...acme, name: 'New' })
          const afterwards = async () => {
            throw new Error('failed afterwards')
          }
          await expect(store.tenants.update('acme', { apply, afterwards })).rejects.toThrow('failed afterwards')
          expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toEqual([acme])
          await store.tenants.update('acme', { apply, afterwards: nothing })
          expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toMatchObject([{ name: 'New' }])
        })
        it('keeps every one of many concurrent updates', async () => {
          const apply = (tenant: typeof acme) => ({ ...tenant, name: `${tenant.name}+` })
          await Promise.all(Array.from({ length: 8 }, () => store.tenants.update('acme', { apply, afterwards: nothing })))
          expect(await store.tenants.byIds(OPERATOR_SCOPE, ['acme'])).toMatchObject([{ name: `${acme.name}${'+'.repeat(8)}` }])
        })
      })
    })

    describe('signing keys', () => {
      const signingKey = (number: number, createdAt: Temporal.Instant) => ({
        id: number.toString(16).padStart(16, '0'),
        publicKey: `public ${number}`,
        privateKey: `private ${number}`,
        createdAt,
      })
      const [oldest, older, newest] = [signingKey(1, EARLIER), signingKey(2, EARLIER.add({ minutes: 1 })), signingKey(3, LATER)]
      const known = async () => {
        const queries = [oldest, older, newest].map(({ id }) => ({ signingKeyId: id, apiKeyId: null }))
        return [...(await store.signingKeys.tokenKeys(queries)).values()].map(({ publicKey }) => publicKey).toSorted()
      }
      const addAll = async () => {
        for (const key of [newest, oldest, older]) await store.signingKeys.add(key)
      }

      it('returns the newest key exactly as it was added', async () => {
        expect(await store.signingKeys.newest()).toBeUndefined()
        await addAll()
        expect(await store.signingKeys.newest()).toEqual(newest)
      })
      it('finds the keys of tokens, each with its API key, and omits tokens with an unknown signing key', async () => {
        await addAll()
        await store.tenants.add(makeTenant({ id: 'acme' }))
        const apiKey = await addKey({ number: 1, tenantId: 'acme' })
        const queries = [
          { signingKeyId: oldest.id, apiKeyId: apiKey.id },
          { signingKeyId: newest.id, apiKeyId: null },
          { signingKeyId: newest.id, apiKeyId: UNKNOWN_ID },
          { signingKeyId: 'f'.repeat(16), apiKeyId: apiKey.id },
        ]
        expect(await store.signingKeys.tokenKeys(queries)).toEqual(
          new Map([
            [`${oldest.id} ${apiKey.id}`, { publicKey: 'public 1', apiKey }],
            [`${newest.id} `, { publicKey: 'public 3', apiKey: null }],
            [`${newest.id} ${UNKNOWN_ID}`, { publicKey: 'public 3', apiKey: null }],
          ]),
        )
      })
      it('removes the keys that had a newer one at a time', async () => {
        await addAll()
        await store.signingKeys.removeSupersededBefore(older.createdAt)
        expect(await known()).toEqual(['public 1', 'public 2', 'public 3'])
        await store.signingKeys.removeSupersededBefore(LATER)
        expect(await known()).toEqual(['public 2', 'public 3'])
      })
      it('removes all keys but one', async () => {
        await addAll()
        await store.signingKeys.removeAllBut(newest.id)
        expect(await known()).toEqual(['public 3'])
      })
    })

    describe('API keys', () => {
      beforeEach(async () => {
        await store.tenants.add(makeTenant({ id: 'acme' }))
        await store.tenants.add(makeTenant({ id: 'globex' }))
      })

      it('returns a key exactly as it was added', async () => {
        const apiKey = await addKey({ number: 1, tenantId: 'acme', scopes: ['usage:write', 'usage:read'], expiresAt: LATER, createdAt: EARLIER })
        expect(await readKey(1)).toEqual(apiKey)
        expect(await store.apiKeys.byIds(OPERATOR_SCOPE, [apiKey.id])).toEqual([apiKey])
        expect((await store.apiKeys.list({ first: 1 })).items).toEqual([apiKey])
      })
      it('finds many keys by the hashes of their secrets, of every tenant, and omits unknown hashes', async () => {
        const [one, two, three] = [await addKey({ number: 1, tenantId: 'acme' }), await addKey({ number: 2, tenantId: 'globex' }), await addKey({ number: 3 })]
        expect(await store.apiKeys.bySecretHashes([hashOf(1), hashOf(2), hashOf(3), hashOf(4)])).toEqual(
          new Map([
            [hashOf(1), one],
            [hashOf(2), two],
            [hashOf(3), three],
          ]),
        )
        expect(await store.apiKeys.bySecretHashes([])).toEqual(new Map())
      })
      it('returns only keys in the scope, and operator keys only to operators', async () => {
        const [ofAcme, ofOperator] = [await addKey({ number: 1, tenantId: 'acme' }), await addKey({ number: 2 })]
        const ids = [ofAcme.id, ofOperator.id, UNKNOWN_ID]
        expect(await store.apiKeys.byIds(tenantScope('acme'), ids)).toEqual([ofAcme])
        expect(await store.apiKeys.byIds(tenantScope('globex'), ids)).toEqual([])
        expect(new Set(await store.apiKeys.byIds(OPERATOR_SCOPE, ids))).toEqual(new Set([ofAcme, ofOperator]))
      })
      it('lists the newest keys first, by owner, and revoked keys only on request', async () => {
        await addKey({ number: 1, tenantId: 'acme', name: 'oldest' })
        await addKey({ number: 2, name: "operator's" })
        await addKey({ number: 3, tenantId: 'globex', name: 'other' })
        const newest = await addKey({ number: 4, tenantId: 'acme', name: 'newest' })
        const names = async (query: Partial<ApiKeyQuery>) => {
          const { items, hasMore } = await store.apiKeys.list({ first: 5, ...query })
          return [items.map(key => key.name), hasMore]
        }
        expect(await names({})).toEqual([['newest', 'other', "operator's", 'oldest'], false])
        expect(await names({ first: 3 })).toEqual([['newest', 'other', "operator's"], true])
        expect(await names({ tenantId: 'acme' })).toEqual([['newest', 'oldest'], false])
        expect(await names({ tenantId: null })).toEqual([["operator's"], false])
        expect(await names({ tenantId: 'acme', after: newest.id })).toEqual([['oldest'], false])
        await store.apiKeys.revoke(newest.id, LATER)
        expect(await names({ tenantId: 'acme' })).toEqual([['oldest'], false])
        expect(await names({ tenantId: 'acme', includeRevoked: true })).toEqual([['newest', 'oldest'], false])
        expect(await names({ tenantId: 'acme', includeRevoked: true, first: 1 })).toEqual([['newest'], true])
      })
      it('keeps the time of the first revocation', async () => {
        const apiKey = await addKey({ number: 1, tenantId: 'acme' })
        expect(await store.apiKeys.revoke(apiKey.id, EARLIER)).toEqual({ apiKey: { ...apiKey, revokedAt: EARLIER }, wasRevoked: false })
        expect(await store.apiKeys.revoke(apiKey.id, LATER)).toEqual({ apiKey: { ...apiKey, revokedAt: EARLIER }, wasRevoked: true })
        expect(await readKey(1)).toEqual({ ...apiKey, revokedAt: EARLIER })
        expect(await store.apiKeys.revoke(UNKNOWN_ID, LATER)).toBeUndefined()
      })
      it('finds a rotated key by its new secret, and by the old one until that expires', async () => {
        const apiKey = await addKey({ number: 1, tenantId: 'acme' })
        const rotated = { ...apiKey, prefix: 'tg_newnewne', previousSecretExpiresAt: LATER }
        expect(await store.apiKeys.rotate(apiKey.id, { secretHash: hashOf(11), prefix: 'tg_newnewne', previousExpiresAt: LATER })).toEqual(rotated)
        expect([await readKey(11), await readKey(1)]).toEqual([rotated, { ...rotated, expiresAt: LATER }])
        expect(await store.apiKeys.byIds(OPERATOR_SCOPE, [apiKey.id])).toEqual([rotated])
      })
      it('keeps two secrets of a key at most', async () => {
        const { id } = await addKey({ number: 1, tenantId: 'acme', expiresAt: EARLIER })
        for (const number of [11, 12]) await store.apiKeys.rotate(id, { secretHash: hashOf(number), prefix: 'tg_newnewne', previousExpiresAt: LATER })
        expect(await readKey(1)).toBeUndefined()
        // The key itself expires first.
        expect([(await readKey(11))?.expiresAt, (await readKey(12))?.expiresAt]).toEqual([EARLIER, EARLIER])
      })
      it('does not rotate a key that is unknown or revoked', async () => {
        const { id } = await addKey({ number: 1, tenantId: 'acme' })
        await store.apiKeys.revoke(id, EARLIER)
        const rotation = { secretHash: hashOf(11), prefix: 'tg_newnewne', previousExpiresAt: LATER }
        expect([await store.apiKeys.rotate(id, rotation), await store.apiKeys.rotate(UNKNOWN_ID, rotation)]).toEqual([undefined, undefined])
        expect(await readKey(11)).toBeUndefined()
      })
      it('finds no key for an id of another form', async () => {
        const rotation = { secretHash: hashOf(11), prefix: 'tg_newnewne', previousExpiresAt: LATER }
        expect([await store.apiKeys.rotate('backend', rotation), await store.apiKeys.revoke('backend', LATER)]).toEqual([undefined, undefined])
      })
      it('records the latest use of each key and ignores unknown keys', async () => {
        const [one, two] = [await addKey({ number: 1, tenantId: 'acme' }), await addKey({ number: 2 })]
        await store.apiKeys.recordUses(
          new Map([
            [one.id, LATER],
            [two.id, EARLIER],
            [UNKNOWN_ID, EARLIER],
          ]),
        )
        expect([(await readKey(1))?.lastUsedAt, (await readKey(2))?.lastUsedAt]).toEqual([LATER, EARLIER])
        await store.apiKeys.recordUses(
          new Map([
            [one.id, EARLIER],
            [two.id, LATER],
          ]),
        )
        expect([(await readKey(1))?.lastUsedAt, (await readKey(2))?.lastUsedAt]).toEqual([LATER, LATER])
      })
    })
  })
}
