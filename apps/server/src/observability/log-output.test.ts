import { spawnSync } from 'node:child_process'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createLogOutput, MAX_UNREAD_LOG_BYTES } from './log-output.ts'

/** A reader that takes nothing until `resume`. */
function stalledReader() {
  const taken: string[] = []
  let resume: (() => void) | undefined
  let isStalled = true
  const stream = new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      taken.push(line)
      if (isStalled) resume = done
      else done()
    },
  })
  return {
    stream,
    taken,
    resume() {
      isStalled = false
      resume?.()
    },
  }
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

const linesOf = (chunks: readonly string[]) =>
  chunks
    .join('')
    .split('\n')
    .filter(line => line !== '')

it('keeps a bounded number of bytes for a reader that stalls, counts the lines that it drops, and reports them when it reads again', async () => {
  const { stream, taken, resume } = stalledReader()
  const output = createLogOutput(stream)
  const log = pino({ base: null }, output)
  const lines = 2_000
  for (let line = 0; line < lines; line++) log.info({ line, padding: 'x'.repeat(1_000) })
  await turn()
  expect(stream.writableLength).toBeLessThanOrEqual(MAX_UNREAD_LOG_BYTES)
  expect(output.dropped()).toBeGreaterThan(900)

  resume()
  await new Promise(done => stream.write('', done))
  log.info('read again')
  await turn()
  const read = linesOf(taken).map(line => JSON.parse(line) as { line?: number; msg?: string; dropped?: number })
  expect(read.filter(({ line }) => line !== undefined)).toHaveLength(lines - output.dropped())
  expect(read.slice(-2)).toMatchObject([{ dropped: output.dropped() }, { msg: 'read again' }])
})

it('writes the lines of one turn together, and a warning at once with the lines before it', async () => {
  const { stream, taken, resume } = stalledReader()
  resume()
  const log = pino({ base: null }, createLogOutput(stream))
  log.info('one')
  log.info('two')
  expect(taken).toEqual([])
  await turn()
  expect(taken.map(chunk => linesOf([chunk]).length)).toEqual([2])
  log.info('three')
  log.warn('four')
  expect(linesOf(taken).map(line => (JSON.parse(line) as { msg: string }).msg)).toEqual(['one', 'two', 'three', 'four'])
})

it('writes the lines of the last turn when the process exits, also by an error', async () => {
  const program = `
    import { createLogOutput } from ${JSON.stringify(new URL('log-output.ts', import.meta.url).pathname)}
    const output = createLogOutput()
    output.write('{"level":30,"msg":"last"}\\n')
    if (process.argv[1] === 'fail') throw new Error('unexpected')
    process.exit(0)`
  for (const ending of ['exit', 'fail']) {
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program, ending], { encoding: 'utf8' })
    expect(stderr).toContain('{"level":30,"msg":"last"}\n')
  }
})

it('goes on when the reader is gone', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
  const output = createLogOutput(stream)
  for (let line = 0; line < 10; line++) output.write('{}\n')
  await new Promise(setImmediate)
  output.write('{}\n')
  expect(output.dropped()).toBe(0)
})

it('listens to a stream once, however many logs write to it', () => {
  const { stream } = stalledReader()
  for (let log = 0; log < 20; log++) createLogOutput(stream)
  expect(stream.listenerCount('error')).toBe(1)
})
