import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { bundledClient } from '../kit/bundled-client.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

const PROGRAM = `
import { createTollgate } from './client.mjs'
const events = []
const engine = { track: async batch => { events.push(...batch); return batch.map(() => ({ outcome: 'ACCEPTED', reason: null })) } }
await using tollgate = createTollgate({ engine })
const call = customerId => tollgate.run({ customerId }, async () => { await Promise.resolve(); return tollgate.trackAiCall({ operation: customerId }) })
const receipts = await Promise.all(['a', 'b'].map(call))
console.log(JSON.stringify({ outcomes: receipts.map(({ outcome }) => outcome), customers: events.map(({ operation, metadata }) => operation + metadata.customerId).sort() }))`

it('the client runs in Deno, with its context across awaits', async () => {
  await using directory = await temporaryDirectory()
  await writeFile(join(directory.path, 'client.mjs'), await bundledClient())
  await writeFile(join(directory.path, 'program.mjs'), PROGRAM)
  // Without permissions: it needs neither files nor the environment.
  const deno = createRequire(import.meta.url).resolve('deno/bin.cjs')
  const { stdout } = await promisify(execFile)(process.execPath, [deno, 'run', '--no-prompt', join(directory.path, 'program.mjs')])
  expect(JSON.parse(stdout)).toEqual({ outcomes: ['ACCEPTED', 'ACCEPTED'], customers: ['aa', 'bb'] })
})
