import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)
const readme = await readFile(new URL('README.md', PACKAGE), 'utf8')
const guide = await readFile(new URL('../../docs/guides/quotas.md', PACKAGE), 'utf8')

function examplesOf(text: string): readonly string[] {
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(match => match[1] ?? '')
}

async function run(program: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module-typescript', '--eval', program], { cwd: PACKAGE })
  return stdout.trim().split('\n')
}

/** Runs an example, and compares what it prints with its comments. */
async function expectPrinted(example = '', lines: number): Promise<void> {
  const promised = [...example.matchAll(/^(?:console\.log|await Promise\.all)\(.*\) \/\/ (.*)$/gm)].map(match => match[1])
  expect(promised).toHaveLength(lines)
  expect(await run(example)).toEqual(promised)
}

describe('the guide', () => {
  it.each([
    { name: 'of a stream', position: 0, lines: 2 },
    { name: 'with plans', position: 1, lines: 2 },
    { name: 'with leases', position: 2, lines: 1 },
  ])('has an example $name that prints what it says', async ({ position, lines }) => {
    await expectPrinted(examplesOf(guide)[position], lines)
  })
})

describe('the README', () => {
  it('has an example that prints what it says', async () => {
    await expectPrinted(examplesOf(readme)[0], 1)
  })

  it('names tests that exist', async () => {
    const table = readme.slice(readme.indexOf('## Invariants'), readme.indexOf('## Non-goals'))
    const named = [...table.matchAll(/`([^`]+)`/g)].flatMap(match => (match[1] ?? '').split(' › ')).map(title => title.replace(/…$/, ''))
    const files = (await readdir(new URL('src', PACKAGE), { recursive: true })).filter(name => /(?:\.test|-contract)\.ts$/.test(name))
    const sources = (await Promise.all(files.map(name => readFile(new URL(`src/${name}`, PACKAGE), 'utf8')))).join('\n')
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(title => !sources.includes(title))).toEqual([])
  })
})

it('reserves and settles in a few lines, with an enforcement and a TTL', async () => {
  const program = `
      import { createQuotas } from '@tollgate/quotas'
      import { memoryQuotaStore } from '@tollgate/quotas/memory'
      const quotas = createQuotas({ store: memoryQuotaStore(), policies: [{ metric: 'tokens', window: 'day', limit: '10000', enforcement: 'hard' }] })
      const { allowed, reservation } = await quotas.reserve({ tenantId: 'acme', requests: [{ metric: 'tokens', amount: '500' }], ttlSeconds: 60 })
      await quotas.settle({ reservationId: reservation.id, actual: [{ metric: 'tokens', amount: '431' }] })
      const { quotas: [{ used, reserved }] } = await quotas.status({ tenantId: 'acme' })
      console.log(allowed, used.toFixed(), reserved.toFixed())`
  expect(await run(program)).toEqual(['true 431 0'])
})
