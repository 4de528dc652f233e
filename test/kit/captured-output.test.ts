import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createLog } from '../../apps/server/src/observability/log.ts'
import { captureOutput } from './captured-output.ts'

it('gives work its own environment, and collects what it writes and logs, apart from other work at the same time', async () => {
  const work = async () => {
    process.stdout.write(`to stdout of ${process.env['NAME']}\n`)
    await setImmediate()
    process.stderr.write('to stderr\n')
    createLog({ logLevel: 'info' }).info('to the log')
    // Lines of one turn of the event loop are written together, after it.
    await setImmediate()
    return process.env['PATH']
  }
  const [one, two] = ['one', 'two'].map(name => captureOutput({ environment: { NAME: name } }, work))
  for (const [name, captured] of Object.entries({ one, two })) {
    expect({ result: await captured?.result, stdout: captured?.stdout() }).toEqual({ result: undefined, stdout: `to stdout of ${name}\n` })
    expect(captured?.stderr()).toMatch(/^to stderr\n\{"level":30,.*"msg":"to the log"\}\n$/)
  }
  expect(process.env['PATH']).toBeDefined()
})
