import { describe, expect, it } from 'vitest'
import { idFormat } from './id-format.ts'
import type { Metadata } from './metadata.ts'
import { costCenterTagging } from './cost-center-tagging.ts'
import { lintMetadata } from './lint-metadata.ts'

const CORE: Metadata = { customerId: 'cust_0001', featureId: 'chat', environment: 'production' }
const warningsOf = (metadata: Metadata) => lintMetadata(metadata).map(({ kind, field }) => `${kind} ${field}`)

describe('lintMetadata', () => {
  it.each<[string, Metadata]>([
    ['the core fields', CORE],
    ['ids with the usual prefixes', { ...CORE, organizationId: 'org_001', productId: 'product_a' }],
    ['UUIDs', { ...CORE, customerId: '018f4e1c-8c00-7abc-8def-0123456789ab' }],
    ['the result of a tagging strategy', { ...CORE, ...costCenterTagging.tag({ department: 'dept_a', team: 'team_b', project: 'project_c' }) }],
    ['staging', { ...CORE, environment: 'staging' }],
  ])('has no warnings about %s', (_, metadata) => {
    expect(lintMetadata(metadata)).toEqual([])
  })

  it('warns about missing core fields', () => {
    expect(warningsOf({})).toEqual(['missing customerId', 'missing featureId', 'missing environment'])
    expect(warningsOf({ customerId: 'cust_1', environment: 'test' })).toEqual(['missing featureId'])
  })

  it.each<[Metadata, string]>([
    [{ customerId: '0001' }, 'id_format customerId'],
    [{ organizationId: 'organization_001' }, 'id_format organizationId'],
    [{ productId: 'a' }, 'id_format productId'],
    [{ customerId: 'cust_' }, 'id_format customerId'],
    [{ customerId: 'CUST_0001' }, 'id_format customerId'],
    [{ environment: 'blue' }, 'environment environment'],
  ])('warns about %j', (metadata, warning) => {
    expect(warningsOf({ ...CORE, ...metadata })).toEqual([warning])
  })

  it.each([
    ['prod', 'production'],
    ['Production', 'production'],
    ['dev', 'development'],
    ['CI', 'test'],
  ])('suggests a usual name: for %s, %s', (environment, usual) => {
    expect(lintMetadata({ ...CORE, environment })[0]?.message).toContain(`use "${usual}"`)
  })

  it('has no suggestion for an environment with the name of an object property', () => {
    expect(lintMetadata({ ...CORE, environment: 'constructor' })[0]?.message).toContain('usual names are')
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
