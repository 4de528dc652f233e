import { describe, expect, it } from 'vitest'
import { idFormat } from './id-format.ts'
import type { Metadata } from './metadata.ts'
import { costCenterTagging } from './tagging/cost-center-tagging.ts'
import { validateMetadata } from './validate-metadata.ts'

const CORE: Metadata = { customerId: 'cust_0001', featureId: 'chat', environment: 'production' }
const found = (metadata: Metadata) => validateMetadata(metadata).map(({ kind, field }) => `${kind} ${field}`)

describe('validateMetadata', () => {
  it.each<[string, Metadata]>([
    ['the core fields', CORE],
    ['ids with the usual prefixes', { ...CORE, organizationId: 'org_001', productId: 'product_a' }],
    ['UUIDs', { ...CORE, customerId: '018f4e1c-8c00-7abc-8def-0123456789ab' }],
    ['what a tagging strategy makes', { ...CORE, ...costCenterTagging.tag({ department: 'dept_a', team: 'team_b', project: 'project_c' }) }],
    ['staging', { ...CORE, environment: 'staging' }],
  ])('finds nothing in %s', (_, metadata) => {
    expect(validateMetadata(metadata)).toEqual([])
  })

  it('finds the core fields that are missing', () => {
    expect(found({})).toEqual(['missing customerId', 'missing featureId', 'missing environment'])
    expect(found({ customerId: 'cust_1', environment: 'test' })).toEqual(['missing featureId'])
  })

  it.each<[Metadata, string]>([
    [{ customerId: '0001' }, 'id_format customerId'],
    [{ organizationId: 'organization_001' }, 'id_format organizationId'],
    [{ productId: 'a' }, 'id_format productId'],
    [{ customerId: 'cust_' }, 'id_format customerId'],
    [{ customerId: 'CUST_0001' }, 'id_format customerId'],
    [{ environment: 'blue' }, 'environment environment'],
  ])('finds %j inconsistent', (metadata, finding) => {
    expect(found({ ...CORE, ...metadata })).toEqual([finding])
  })

  it.each([
    ['prod', 'production'],
    ['Production', 'production'],
    ['dev', 'development'],
    ['CI', 'test'],
  ])('says that %s is usually called %s', (environment, usual) => {
    expect(validateMetadata({ ...CORE, environment })[0]?.message).toContain(`"${usual}" is usual`)
  })

  it('takes an environment with a name that objects inherit as a name', () => {
    expect(validateMetadata({ ...CORE, environment: 'constructor' })[0]?.message).toContain('the usual ones are')
  })
})

it.each([
  ['cust_0001', 'cust_'],
  ['CC-1234', 'CC-'],
  ['project_api_v2', 'project_'],
  ['018f4e1c-8c00-7abc-8def-0123456789ab', 'uuid'],
  ['0001', 'number'],
  ['chat', 'text'],
  ['cust_', 'text'],
  ['_x', 'text'],
  ['', 'text'],
])('the format of %j is %s', (id, format) => {
  expect(idFormat(id)).toBe(format)
})
