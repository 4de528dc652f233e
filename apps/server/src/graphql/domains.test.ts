import { expect, it } from 'vitest'
import { DOMAINS } from './domains.ts'
import { schema } from './schema.ts'

const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]

it('each field of a root type is in one domain, and each of a domain is in a root type', () => {
  const inDomains = DOMAINS.flatMap(({ fields }) => fields)
  const inSchema = new Set(roots.flatMap(root => Object.keys(root?.getFields() ?? {})))
  expect(inDomains.toSorted()).toEqual([...inSchema].toSorted())
})

it('root types begin with a table of contents', () => {
  for (const root of roots) expect(root?.description).toMatch(/\n- \*\*Usage\*\*: `/)
})
