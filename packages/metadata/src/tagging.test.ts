import { describe, expect, it } from 'vitest'
import { checkMetadata } from './check-metadata.ts'
import { costCenterTagging } from './cost-center-tagging.ts'
import { multiTenantTagging } from './multi-tenant-tagging.ts'
import { saasTagging } from './saas-tagging.ts'
import type { TaggingStrategy } from './tagging-strategy.ts'

it('multi-tenant: organization → product → customer → feature', () => {
  const tags = { organization: 'org_acme', product: 'product_crm', customer: 'cust_0001', feature: 'email_assistant' }
  expect(multiTenantTagging.tag(tags)).toEqual({ organizationId: 'org_acme', productId: 'product_crm', customerId: 'cust_0001', featureId: 'email_assistant' })
})

it('cost centre: department → team → project, and the cost centre as an attribute', () => {
  const tags = { department: 'dept_engineering', team: 'team_backend', project: 'project_api_v2' }
  const fields = { organizationId: 'dept_engineering', productId: 'team_backend', featureId: 'project_api_v2' }
  expect(costCenterTagging.tag(tags)).toEqual(fields)
  expect(costCenterTagging.tag({ ...tags, costCenter: 'CC-1234' })).toEqual({ ...fields, attributes: { cost_center: 'CC-1234' } })
})

it('SaaS: application → customer → tier → feature', () => {
  const tags = { application: 'app_main', customer: 'cust_0001', tier: 'pro', feature: 'search' }
  const fields = { productId: 'app_main', customerId: 'cust_0001', subscriptionTier: 'pro', featureId: 'search' }
  expect(saasTagging.tag(tags)).toEqual(fields)
  expect(saasTagging.tag({ ...tags, environment: 'production' })).toEqual({ ...fields, environment: 'production' })
})

/** The field that holds the values of each dimension. */
const FIELD_OF_DIMENSION = {
  customer: 'customerId',
  organization: 'organizationId',
  product: 'productId',
  feature: 'featureId',
  tier: 'subscriptionTier',
  environment: 'environment',
  taskType: 'taskType',
} as const

describe.each([multiTenantTagging, costCenterTagging, saasTagging] as unknown as readonly TaggingStrategy<Record<string, string>>[])('$name', strategy => {
  it('stores every tag in the declared field', () => {
    const metadata = strategy.tag(Object.fromEntries(strategy.levels.map(({ tag }) => [tag, `the_${tag}`])))
    for (const { tag, field, dimension } of strategy.levels) {
      expect(metadata[field]).toBe(`the_${tag}`)
      expect(FIELD_OF_DIMENSION[dimension]).toBe(field)
    }
    expect(checkMetadata(metadata).issues).toEqual([])
  })
  it('has questions only about dimensions that it tags', () => {
    const tagged = strategy.levels.map(({ dimension }) => dimension)
    for (const { by, within } of strategy.questions) expect(tagged).toEqual(expect.arrayContaining([...by, ...within]))
  })
  it('has a question about every level', () => {
    const asked = strategy.questions.flatMap(({ by, within }) => [...by, ...within])
    expect(asked).toEqual(expect.arrayContaining(strategy.levels.map(({ dimension }) => dimension)))
  })
})
