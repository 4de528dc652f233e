import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { makeEndpoint, type MakeWebhookStore, newId, second, storeUnderTest } from './store-under-test.ts'

const ACME = tenantScope('acme')
const GLOBEX = tenantScope('globex')

/** How endpoints are stored and changed. */
export function endpointsContract(make: MakeWebhookStore): void {
  describe('endpoints', () => {
    const { store, addEndpoint, addDelivery } = storeUnderTest(make)

    it('are stored exactly', async () => {
      const plain = await addEndpoint()
      const full = await addEndpoint({
        url: 'https://example.com/ü?a=1',
        types: ['alert.raised', 'alert.recovered'],
        description: 'Pager “7”',
        createdAt: second(3),
      })
      expect(await store().endpoints(ACME, { first: 10 })).toEqual([full, plain])
    })

    it('are listed newest first, page by page, to the tenant that owns them and to operators', async () => {
      const [first, second_, foreign, operators] = [
        await addEndpoint(),
        await addEndpoint(),
        await addEndpoint({ tenantId: 'globex' }),
        await addEndpoint({ tenantId: null }),
      ]
      const listed = async (scope: typeof OPERATOR_SCOPE, page: { first?: number; after?: string } = {}) =>
        (await store().endpoints(scope, { first: 10, ...page })).map(({ id }) => id)
      expect(await listed(ACME)).toEqual([second_.id, first.id])
      expect(await listed(OPERATOR_SCOPE)).toEqual([operators.id, foreign.id, second_.id, first.id])
      expect(await listed(tenantScope('acme', 'globex'))).toEqual([foreign.id, second_.id, first.id])
      expect(await listed(OPERATOR_SCOPE, { first: 2 })).toEqual([operators.id, foreign.id])
      expect(await listed(OPERATOR_SCOPE, { first: 2, after: foreign.id })).toEqual([second_.id, first.id])
      const ids = [first.id, foreign.id, operators.id, newId()]
      expect((await store().endpointsByIds(GLOBEX, ids)).map(({ id }) => id)).toEqual([foreign.id])
      expect((await store().endpointsByIds(OPERATOR_SCOPE, ids)).length).toBe(3)
    })

    it('are limited for each owner, also when many are added at the same time', async () => {
      const addMany = async (tenantId: string | null) => {
        const added = await Promise.all(Array.from({ length: 8 }, () => store().addEndpoint(makeEndpoint({ tenantId }), { secret: 'whsec_1', max: 5 })))
        return added.filter(Boolean).length
      }
      expect([await addMany('acme'), await addMany('globex'), await addMany(null)]).toEqual([5, 5, 5])
      expect(await store().endpoints(OPERATOR_SCOPE, { first: 100 })).toHaveLength(15)
    })

    it('change as the function says, for a scope that sees them', async () => {
      const endpoint = await addEndpoint()
      const change = { url: 'https://example.com/new', types: ['alert.raised'] as const, description: 'New', enabled: false, failingSince: second(5) }
      const changed = await store().changeEndpoint(ACME, endpoint.id, before => ({ ...before, ...change, disabledReason: 'Gone.' }))
      expect(changed).toEqual({ ...endpoint, ...change, disabledReason: 'Gone.' })
      expect(await store().endpointsByIds(ACME, [endpoint.id])).toEqual([changed])
      expect(await store().changeEndpoint(GLOBEX, endpoint.id, before => ({ ...before, url: 'https://example.com/foreign' }))).toBeUndefined()
      expect(await store().changeEndpoint(ACME, newId(), before => before)).toBeUndefined()
      expect(await store().endpointsByIds(ACME, [endpoint.id])).toEqual([changed])
    })

    it('stay as they are if the function throws', async () => {
      const endpoint = await addEndpoint()
      const refuse = () => {
        throw new Error('not valid')
      }
      await expect(store().changeEndpoint(ACME, endpoint.id, refuse)).rejects.toThrow('not valid')
      expect(await store().endpointsByIds(ACME, [endpoint.id])).toEqual([endpoint])
    })

    it('keep the previous secret beside the new one, and drop the one before', async () => {
      const endpoint = await addEndpoint()
      const { id: deliveryId } = await addDelivery(endpoint)
      const secrets = async () => {
        const pending = await store().pendingDelivery(deliveryId)
        return [pending?.secret, pending?.oldSecret?.secret, pending?.oldSecret?.until.toString()]
      }
      expect(await secrets()).toEqual(['whsec_1', undefined, undefined])
      expect(await store().changeSecret(ACME, endpoint.id, { secret: 'whsec_2', oldUntil: second(10) })).toEqual(endpoint)
      expect(await secrets()).toEqual(['whsec_2', 'whsec_1', '2026-11-20T12:00:10Z'])
      await store().changeSecret(OPERATOR_SCOPE, endpoint.id, { secret: 'whsec_3', oldUntil: second(20) })
      expect(await secrets()).toEqual(['whsec_3', 'whsec_2', '2026-11-20T12:00:20Z'])
      expect(await store().changeSecret(GLOBEX, endpoint.id, { secret: 'whsec_4', oldUntil: second(20) })).toBeUndefined()
    })

    it('are deleted with their deliveries, by a scope that sees them', async () => {
      const endpoint = await addEndpoint()
      const other = await addEndpoint()
      const [{ id }, kept] = [await addDelivery(endpoint), await addDelivery(other)]
      expect(await store().deleteEndpoint(GLOBEX, endpoint.id)).toBe(false)
      expect(await store().deleteEndpoint(ACME, endpoint.id)).toBe(true)
      expect(await store().deleteEndpoint(ACME, endpoint.id)).toBe(false)
      expect(await store().deliveriesByIds(OPERATOR_SCOPE, [id, kept.id])).toEqual([kept])
      expect(await store().pendingDelivery(id)).toBeUndefined()
    })
  })
}
