import { customerScope, InvalidInput, OPERATOR_SCOPE, type Scope, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AliasQuery, AliasStore } from '../alias-store.ts'
import type { ModelAlias } from '../model/aliases/model-alias.ts'
import { type AliasFields, makeAlias } from './alias.ts'

const MAX = 100
const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** Contract suite for stores of model aliases. `make` must return an empty store; it is called before each test. */
export function describeAliasStore(name: string, make: () => Promise<AliasStore>): void {
  describe(`${name}, a store of model aliases`, () => {
    let store: AliasStore
    let added = 0
    beforeEach(async () => {
      store = await make()
      added = 0
    })

    const add = async (fields: AliasFields = {}, scope: Scope = OPERATOR_SCOPE) => {
      const alias = makeAlias({ id: id(++added), ...fields })
      expect(await store.add(scope, alias, MAX)).toBe(true)
      return alias
    }
    const listed = async (scope: Scope, query: Partial<AliasQuery> = {}) => (await store.list(scope, { first: 100, ...query })).items.map(alias => alias.id)

    it('returns an alias exactly as it was added', async () => {
      const aliases = [
        await add({
          tenantId: 'acme',
          provider: 'aws',
          name: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/A1',
          target: { provider: 'aws', model: 'us.amazon.nova-lite-v1:0' },
          from: '2026-01-01T00:00:00.000001Z',
          to: '2026-07-01T00:00:00Z',
          publishedAt: '2026-01-02T03:04:05.678901Z',
        }),
        await add({ target: null, publishedAt: '2026-01-03T00:00:00Z' }),
      ]
      expect(plain(await store.all())).toEqual(plain(aliases))
      expect(plain((await store.list(OPERATOR_SCOPE, { first: 2 })).items)).toEqual(plain(aliases.toReversed()))
    })

    it('returns all aliases in order of publication, even of those published at the same time', async () => {
      await add()
      await add({ tenantId: 'acme' })
      await add()
      expect((await store.all()).map(alias => alias.id)).toEqual([1, 2, 3].map(id))
    })

    it('has a version that changes with every alias, and only then', async () => {
      const seen = [await store.version()]
      for (const tenantId of ['acme', null, 'globex', 'acme', null]) {
        await add({ tenantId })
        seen.push(await store.version())
      }
      await store.all()
      expect(await store.version()).toBe(seen.at(-1))
      expect(new Set(seen).size).toBe(seen.length)
    })

    it('stores and counts every one of many concurrent additions', async () => {
      const aliases = Array.from({ length: 20 }, (_, at) => makeAlias({ id: id(at), tenantId: at % 2 === 0 ? 'acme' : null }))
      const stored = await Promise.all(aliases.map(alias => store.add(OPERATOR_SCOPE, alias, MAX)))
      expect(stored).toEqual(aliases.map(() => true))
      expect((await store.all()).map(alias => alias.id).toSorted()).toEqual(aliases.map(alias => alias.id))
    })

    it('adds no more aliases than the maximum of one owner', async () => {
      const owners = ['acme', 'acme', 'acme', null, null, null]
      const results = []
      for (const [at, tenantId] of owners.entries()) results.push(await store.add(OPERATOR_SCOPE, makeAlias({ id: id(at), tenantId }), 2))
      expect(results).toEqual([true, true, false, true, true, false])
      expect(await store.all()).toHaveLength(4)
    })

    describe('scope', () => {
      beforeEach(async () => {
        await add()
        await add({ tenantId: 'acme' })
        await add({ tenantId: 'globex' })
      })

      it('lets a tenant see aliases for all tenants and its own', async () => {
        expect(await listed(tenantScope('acme'))).toEqual([id(2), id(1)])
        expect(await listed(tenantScope('acme', 'globex'))).toEqual([id(3), id(2), id(1)])
      })
      it('lets a customer, and a scope without tenants, see none', async () => {
        expect(await listed(customerScope('acme', 'ada'))).toEqual([])
        expect(await listed(tenantScope())).toEqual([])
      })
      it('lets an operator see all aliases', async () => {
        expect(await listed(OPERATOR_SCOPE)).toEqual([3, 2, 1].map(id))
      })
      it('lets a tenant add its own alias', async () => {
        await add({ tenantId: 'acme' }, tenantScope('acme'))
        expect(await listed(tenantScope('acme'))).toEqual([4, 2, 1].map(id))
      })
      it.each([['globex'], [null]])('rejects an alias of %s from another tenant', async tenantId => {
        const version = await store.version()
        const alias = makeAlias({ id: id(9), tenantId })
        await expect(store.add(tenantScope('acme'), alias, MAX)).rejects.toMatchObject({ code: 'FORBIDDEN' })
        expect([await store.version(), (await store.all()).length]).toEqual([version, 3])
      })
      it("rejects another tenant's alias as a cursor", async () => {
        await expect(listed(tenantScope('acme'), { after: id(3) })).rejects.toThrow(InvalidInput)
      })
    })

    describe('pages', () => {
      beforeEach(async () => {
        await add({ name: 'One' })
        await add({ name: 'two', tenantId: 'acme' })
        await add({ name: 'one', provider: 'aws' })
      })

      it('have no gaps or repeats, latest first', async () => {
        const first = await store.list(OPERATOR_SCOPE, { first: 2 })
        const second = await store.list(OPERATOR_SCOPE, { first: 2, after: id(2) })
        expect([first, second].map(({ items, hasMore }) => [items.map(alias => alias.id), hasMore])).toEqual([
          [[id(3), id(2)], true],
          [[id(1)], false],
        ])
      })
      it.each([
        { query: { provider: 'azure' }, expected: [2, 1] },
        { query: { name: 'ONE' }, expected: [3, 1] },
        { query: { name: 'one', provider: 'aws' }, expected: [3] },
      ])('can be filtered by $query', async ({ query, expected }) => {
        expect(await listed(OPERATOR_SCOPE, query)).toEqual(expected.map(id))
      })
      it.each(['nothing', id(8)])('reject the cursor %s, which is not the id of an alias', async after => {
        await expect(listed(OPERATOR_SCOPE, { after })).rejects.toThrow(/after: is not the id of an alias/)
      })
    })
  })
}

/** Converts instants to text, because equal ones may differ internally. */
function plain(aliases: readonly ModelAlias[]): unknown {
  return JSON.parse(JSON.stringify(aliases))
}
