import { buildSchema, isNonNullType, isObjectType } from 'graphql'
import { expect, it } from 'vitest'
import { printSchemaText } from '../schema-text.ts'

const schema = buildSchema(printSchemaText())

/** Fields that take their parent with them when they fail. */
const nonNullFields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap(type => Object.values(type.getFields()).map(field => ({ place: `${type.name}.${field.name}`, type: field.type })))
  .filter(({ type }) => isNonNullType(type))

it('lets every field of Query fail alone, except that of the viewer', () => {
  expect(nonNullFields.filter(({ place }) => place.startsWith('Query.')).map(({ place }) => place)).toEqual(['Query.viewer'])
})

it('lets a tenant fail alone wherever it is looked up by its id', () => {
  const tenants = nonNullFields.filter(({ type }) => String(type) === 'Tenant!').map(({ place }) => place)
  expect(tenants).toEqual(['CreateTenantPayload.tenant', 'TenantEdge.node', 'UpdateTenantPayload.tenant'])
})
