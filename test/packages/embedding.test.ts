import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const GUIDE = new URL('../../docs/guides/embedding.md', import.meta.url)
const TEST_FOLDER = new URL('..', import.meta.url)

it('meters, limits and rates the calls of an Express app with the code of the guide', async () => {
  const code = /```js\n(import express.*?)```/s.exec(await readFile(GUIDE, 'utf8'))?.[1] ?? ''
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  const app = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', code], {
    cwd: TEST_FOLDER,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(app.stdout.setEncoding('utf8'), 'data')) as [string]
    const url = `http://127.0.0.1:${/(\d+)/.exec(line)?.[1]}`
    const headers = { 'x-tenant': 'acme', 'content-type': 'application/json' }
    const ask = () => fetch(`${url}/chat`, { method: 'POST', headers, body: '{ "question": "Why?" }' })
    expect(await (await ask()).json()).toEqual({ text: 'You asked: Why?' })
    expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(429) // 800 of 1,000 tokens are used, and 500 more do not fit.
    // 2 calls of 100 tokens at 2.50 USD and 300 at 10 USD per million.
    expect(await (await fetch(`${url}/usage`, { headers })).json()).toEqual({ calls: 2, cost: '0.0065' })
  } finally {
    app.kill()
  }
})
