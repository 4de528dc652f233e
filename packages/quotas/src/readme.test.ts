import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const PACKAGE = new URL('..', import.meta.url)
const readme = await readFile(new URL('README.md', PACKAGE), 'utf8')
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(match => match[1] ?? '')

async function run(program: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', '--input-type=module-typescript', '--eval', program], { cwd: PACKAGE })
  return stdout.trim().split('\n')
}

describe('the README', () => {
  it.each([
    { name: 'in memory', position: 0, lines: 1 },
    { name: 'around a stream', position: 1, lines: 2 },
    { name: 'with plans', position: 2, lines: 2 },
    { name: 'of leases', position: 3, lines: 1 },
  ])('has an example $name that prints what it says', async ({ position, lines }) => {
    const example = examples[position] ?? ''
    const promised = [...example.matchAll(/^(?:console\.log|await Promise\.all)\(.*\) \/\/ (.*)$/gm)].map(match => match[1])
    expect(promised).toHaveLength(lines)
    expect(await run(example)).toEqual(promised)
  })

  it('names tests that are there', async () => {
    const table = readme.slice(readme.indexOf('## Invariants'), readme.indexOf('## Non-goals'))
    const named = [...table.matchAll(/`([^`]+)`/g)].flatMap(match => (match[1] ?? '').split(' › ')).map(title => title.replace(/ ?…$/, ''))
    const files = (await readdir(new URL('src', PACKAGE), { recursive: true })).filter(name => /(?:\.test|-contract)\.ts$/.test(name))
    const sources = (await Promise.all(files.map(name => readFile(new URL(`src/${name}`, PACKAGE), 'utf8')))).join('\n')
    expect(named.length).toBeGreaterThan(13)
    expect(named.filter(title => title !== 'degraded' && !sources.includes(title))).toEqual([])
  })

  it('could show the shortest way to reserve and settle as well', async () => {
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
})
