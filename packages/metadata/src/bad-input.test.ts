import { InvalidInput } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createAnonymizer } from './anonymizer.ts'
import { costCenterTagging } from './cost-center-tagging.ts'
import { metadata } from './metadata-builder.ts'
import { metadataScope, withMetadata } from './metadata-context.ts'
import { checkMetadataRules } from './metadata-rules.ts'
import { lintMetadata } from './lint-metadata.ts'
import { multiTenantTagging } from './multi-tenant-tagging.ts'
import { saasTagging } from './saas-tagging.ts'

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => unknown

const SOURCES: readonly (readonly [string, Call])[] = [
  ['withMetadata', input => withMetadata(input, () => 'done')],
  ['metadataScope', input => metadataScope(input)[Symbol.dispose]()],
  ['metadata', input => metadata(input)],
  ['merge', input => metadata().merge(input)],
  ['lintMetadata', input => lintMetadata(input)],
]

it.each(SOURCES)('%s names a field that metadata does not have, and what is no metadata', (_, call) => {
  const pathsOf = (input: unknown) => issuesOf(() => call(input as never))
  expect([{ custmerId: 'a' }, { customerId: 'a', attributes: 'pro' }, { attributes: ['pro'] }].map(pathsOf)).toEqual([
    ['metadata.custmerId'],
    ['metadata.attributes'],
    ['metadata.attributes'],
  ])
  expect([5, 'cust_0001', true, []].map(pathsOf)).toEqual(Array.from({ length: 4 }, () => ['metadata']))
  expect([{}, { customerId: undefined, attributes: null }, metadata().customer('a')].map(pathsOf)).toEqual([[], [], []])
})

it.each<[string, Call, object]>([
  ['saasTagging', tags => saasTagging.tag(tags), { application: 'app_main', customer: 'cust_0001', tier: 'pro', feature: 'search' }],
  ['multiTenantTagging', tags => multiTenantTagging.tag(tags), { organization: 'org_acme', product: 'product_crm', customer: 'cust_0001', feature: 'email' }],
  ['costCenterTagging', tags => costCenterTagging.tag(tags), { department: 'dept_a', team: 'team_b', project: 'project_c' }],
])('%s names each tag that is missing, wrong or unknown', (_, tag, tags) => {
  expect(issuesOf(() => tag(tags as never))).toEqual([])
  expect(issuesOf(() => tag({ ...tags, costumer: 'x' } as never))).toEqual(['costumer'])
  for (const name of Object.keys(tags))
    for (const value of [undefined, null, 5]) expect(issuesOf(() => tag({ ...tags, [name]: value } as never))).toEqual([name])
})

const KEY = 'a key of 16 bytes'

it.each<[options: unknown, path: string]>([
  [undefined, ''],
  [{ fields: [] }, 'key'],
  [{ key: 5 }, 'key'],
  [{ key: [1, 2, 3] }, 'key'],
  [{ key: KEY, fields: 'customerId' }, 'fields'],
  [{ key: KEY, fields: ['customerId', 'customer'] }, 'fields.1'],
  [{ key: KEY, field: ['customerId'] }, 'field'],
])('an anonymizer with %j names %s', (options, path) => {
  expect(issuesOf(() => createAnonymizer(options as never))).toEqual([path])
})

it.each<[rules: unknown, path: string]>([
  ['hash', ''],
  [['customerId'], '0'],
  [[{ field: 5, action: 'hash', length: null }], '0.field'],
  [[{ field: 'customerId', action: 'encrypt', length: null }], '0.action'],
  [[{ field: 'customerId', action: 'hash', length: null, salt: 'x' }], '0.salt'],
  [[{ field: 'customerId', action: 'hash' }], '0.length'],
])('rules that are %j have an issue at "%s"', (rules, path) => {
  expect(checkMetadataRules(rules as never).map(issue => issue.path)).toEqual([path])
})

function issuesOf(call: () => unknown): readonly string[] {
  try {
    call()
    return []
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ path }) => path)
    throw error
  }
}
