import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { findUnknownVariables, SETTING_NAMES } from './environment.ts'

const DOCUMENTS = [
  '../../../docs/guides/operating.md',
  '../../../docs/guides/install.md',
  '../../../docs/guides/monitoring.md',
  '../../../docs/guides/scaling-out.md',
]
/** Set by npm, and not by people. */
const INTERNAL = new Set(['INIT_CWD'])

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

it('has each setting in the table of the operating guide and in the help, or in the guide of its feature', async () => {
  const [guide, help] = await Promise.all([read('../../../docs/guides/operating.md'), read('process/run-server.ts')])
  const missing = (text: string) => SETTING_NAMES.filter(name => !INTERNAL.has(name) && !new RegExp(`\\b${name}\\b`).test(text))
  expect(missing(guide)).toEqual([])
  expect(missing(help).filter(name => !/^NODE_ENV$|^TOLLGATE_(STRIPE|PAYPAL|COINBASE)_/.test(name))).toEqual([])
})

it('names no setting in the guides for operators that does not exist', async () => {
  for (const document of DOCUMENTS) {
    const named = [...(await read(document)).matchAll(/`(TOLLGATE_[A-Z_]+)(?:=[^`]*)?`/g)].map(([, name = '']) => name)
    expect(findUnknownVariables(Object.fromEntries(named.map(name => [name, '1']))), document).toEqual([])
  }
})
