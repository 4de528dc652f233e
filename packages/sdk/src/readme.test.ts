import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('the example in the README has fewer than ten lines, and tracks a call', async () => {
  const program = /```ts\n(.*?)```/s.exec(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))?.[1] ?? ''
  expect(program.split('\n').length).toBeLessThan(10)

  const received: { authorization: string | undefined; variables: { input: { events: unknown[] } } }[] = []
  const server = createServer((request, response) => {
    void text(request).then(body => {
      received.push({ ...JSON.parse(body), authorization: request.headers.authorization })
      response.end(JSON.stringify({ data: { trackUsage: { __typename: 'TrackUsagePayload', results: [{ outcome: 'ACCEPTED', reason: null, issues: [] }] } } }))
    })
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const runnable = `const apiKey = 'key'\n${program.replace('http://localhost:4000', url)}\nconsole.log(outcome, callId.length)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module', '--eval', runnable], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  })
  server.close()
  expect(stdout).toBe('ACCEPTED 36\n')
  expect(received).toMatchObject([
    {
      authorization: 'Bearer key',
      variables: { input: { events: [{ model: 'gpt-5-mini', tokens: { input: 150, output: 300 }, metadata: { environment: 'production' } }] } },
    },
  ])
})
