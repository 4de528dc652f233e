import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readChargeRuleFile } from '../features/charges/commands/charge-rule/read-charge-rule-file.ts'
import { readPriceFile } from '../features/prices/commands/price-file/read-price-file.ts'
import { readQuotaPlanFile } from '../features/quotas/commands/read-quota-plan-file.ts'
import { runProgram } from './program.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-files-'))
})
afterAll(() => rm(directory, { recursive: true }))

describe.each([
  ['prices', (file: string) => readPriceFile(file)],
  ['a charge rule', (file: string) => readChargeRuleFile(file)],
  ['a quota plan', (file: string) => readQuotaPlanFile(file, 'test')],
])('a file of %s', (_, read) => {
  it.each([
    ['with bytes that are not UTF-8', Buffer.from('[{"model":"caf\xe9"}]', 'latin1'), 'The file is not valid UTF-8. Save it as UTF-8.'],
    ['with a NUL character', Buffer.from('[{"model":"a\0"}]'), 'The file must not contain a NUL character.'],
    ['with an escaped NUL character', Buffer.from('{"a":{"model":["a\\u0000"]}}'), 'a.model[0]: must not contain a NUL character'],
    ['with half of a surrogate pair', Buffer.from('{"model":"a\\ud800"}'), 'model: must not contain a NUL character or half of a surrogate pair'],
  ])('%s is refused, and the reason says where', async (name, bytes, says) => {
    const file = join(directory, `${name}.json`)
    await writeFile(file, bytes)
    await expect(read(file)).rejects.toThrow(says)
  })
})

it.each(['caf\u{fffd}', 'a\0', 'a\ud800'])('refuses the argument %j, which was not text', async argument => {
  let printed = ''
  const write = process.stderr.write
  process.stderr.write = (text: string | Uint8Array) => (printed += String(text)) !== ''
  try {
    expect(await runProgram(['tenants', 'create', argument, '--name', 'x'])).toBe(1)
  } finally {
    process.stderr.write = write
  }
  expect(printed).toBe('Argument 3: is not valid UTF-8 text\n')
})
