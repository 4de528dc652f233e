import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installContender } from './contenders.ts'
import { errorsElsewhere, errorsOfPackages } from './use-packages.ts'

it('rejects a contender that npm cannot install, so that it never counts as one that passed', async () => {
  await using tools = await temporaryFolder()
  const missing = { name: 'Missing', install: `file:${join(tools.path, 'nowhere')}`, command: ['tsc'] } as const
  await expect(installContender(tools.path, missing)).rejects.toThrow('npm cannot install file:')
})

it('tells errors of the compiler in our declarations from those in others', () => {
  const output = [
    'types.ts(3,1): error TS2307: Cannot find module',
    'node_modules/@tollgate/quotas/dist/index.d.ts(1,15): error TS2304: Cannot find name',
    '../../repo/node_modules/.pnpm/pg@8/node_modules/pg/lib/index.d.ts(2,3): error TS1259: Module can only',
    'node_modules/@types/node/fs.d.ts(9,3): error TS2304: Cannot find name',
    'node_modules/@types/node/fs.d.ts(10,3): error TS2304: Cannot find name',
    '  An explanation of the error.',
  ].join('\n')
  expect(errorsOfPackages(output).map(line => line.split('(', 1)[0])).toEqual(['types.ts', 'node_modules/@tollgate/quotas/dist/index.d.ts'])
  expect([...errorsElsewhere(output)]).toEqual([
    ['pg (TS1259)', 1],
    ['@types/node (TS2304)', 2],
  ])
})

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'tollgate-contenders-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
