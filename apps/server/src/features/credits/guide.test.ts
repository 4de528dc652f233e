import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

it('the examples of the guide answer what the guide says', async () => {
  const text = await readFile(new URL('../../../../../docs/guides/credits.md', import.meta.url), 'utf8')
  const examples = [...text.matchAll(/```graphql\n(.*?)```\s+```json\n(.*?)```/gs)]
  expect(examples).toHaveLength(4)
  const server = await startGraphQLTestServer()
  const acme = await server.keyOf('acme')
  for (const [, query = '', data = ''] of examples) {
    const answer = await server.send(query.includes('tenantId') ? server.operatorKey : acme, query)
    expect([answer.errors, answer.data]).toEqual([[], JSON.parse(data)])
  }
  await server.stop()
})
