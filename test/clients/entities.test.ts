import { readFile } from 'node:fs/promises'
import { buildSchema, getNamedType, type GraphQLObjectType, isInterfaceType, isNonNullType, isObjectType, isUnionType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { cacheKeys, possibleTypes, typePolicies } from '@tollgate/graphql'

const schema = buildSchema(await readFile(new URL('../../apps/server/schema.graphql', import.meta.url), 'utf8'))
const readme = await readFile(new URL('../../packages/graphql/README.md', import.meta.url), 'utf8')
const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map(type => type?.name))
const objects = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__') && !roots.has(name))
const hasId = (type: GraphQLObjectType) => isNonNullType(type.getFields()['id']?.type)

describe('types that clients cache', () => {
  it('have an id if they are the items of a list that can be paged, or are documented as embedded', () => {
    const items = objects.filter(({ name }) => name.endsWith('Connection')).map(type => getNamedType(type.getFields()['nodes']?.type ?? type))
    const embedded = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name)
    expect(items.length).toBeGreaterThan(20)
    expect(
      items
        .filter(isObjectType)
        .filter(type => !hasId(type))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(embedded.toSorted())
  })

  it('are embedded in the configuration of urql and Apollo if, and only if, they may have no id', () => {
    const withoutId = objects
      .filter(type => !hasId(type))
      .map(({ name }) => name)
      .toSorted()
    expect(Object.keys(cacheKeys).toSorted()).toEqual(withoutId)
    expect(Object.keys(typePolicies).toSorted()).toEqual(withoutId)
  })

  it('are listed as members of every union and interface', () => {
    const abstract = Object.values(schema.getTypeMap()).filter(type => isUnionType(type) || isInterfaceType(type))
    const members = abstract.map(type => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)])
    expect(possibleTypes).toEqual(Object.fromEntries(members))
  })
})
