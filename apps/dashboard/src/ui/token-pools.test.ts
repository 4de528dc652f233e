import { expect, it } from 'vitest'
import schema from '../../../server/schema.graphql?raw'
import { TOKEN_POOLS } from './token-pools.ts'

it('has words for every pool that events are sent with', () => {
  const [, fields = ''] = /^input TokenUsageInput \{\n(.+?)^\}/ms.exec(schema) ?? []
  const pools = [...fields.matchAll(/^ {2}(\w+): SafeInt$/gm)].map(([, name = '']) => name)
  expect(Object.keys(TOKEN_POOLS).toSorted()).toEqual(pools.toSorted())
})
