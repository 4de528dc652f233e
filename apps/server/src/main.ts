import { parseArgs } from 'node:util'
import { systemClock } from '@tollgate/kernel'
import { keepCompiledCode } from './process/compiled-code.ts'
import { describeFailure } from './process/describe-failure.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { createLog, type Log } from './observability/log.ts'
import type { RunningServer } from './start-server.ts'
import { stopSignals } from './process/stop-signals.ts'
import { welcome } from './process/welcome.ts'

const HELP = `
npm start [-- --demo]

Starts the server. --demo (or TOLLGATE_DEMO=1) loads a small sample, once.

  PORT                    4000       the port to listen on; 0 takes a free one
  HOST                    all        the address to listen on
  TOLLGATE_DATA_DIR       .tollgate  the embedded database and other local state
  DATABASE_URL            embedded   a PostgreSQL to use in place of the embedded one
  TOLLGATE_POOL_SIZE      16         connections to the database at the most
  TOLLGATE_OPERATOR_KEY   made once  the operator key to accept, 16 characters or more
  TOLLGATE_DRAIN_SECONDS  15         how long a stop waits for requests in progress
  LOG_LEVEL               info       of the log on stderr; in a terminal: warn
`

/** Longer than the drain may take: the database must not keep a stopped server alive for ever. */
const CLOSE_GRACE_MS = 30_000

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } } })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const fromVariables = readEnvironment()
  const environment = { ...fromVariables, demo: fromVariables.demo || values.demo }
  const log = createLog(environment)
  using signals = stopSignals(log)

  // Loaded only now, so that errors in the settings are reported at once.
  const { startServer } = await import('./start-server.ts')
  const server = await startServer(environment, log)
  process.stdout.write(welcome(server, { demo: environment.demo, today: systemClock.now().toString().slice(0, 10) }))
  await signals.first
  await stop(server, environment, log)
  return 0
}

async function stop(server: RunningServer, { drainSeconds }: Environment, log: Log): Promise<void> {
  process.stdout.write('\nStopping; Ctrl-C again to stop at once.\n')
  const tooLong = setTimeout(
    () => {
      log.fatal('The stop took too long; giving up. Nothing that was acknowledged is lost.')
      process.exit(1)
    },
    drainSeconds * 1_000 + CLOSE_GRACE_MS,
  )
  await server.stop()
  clearTimeout(tooLong)
  process.stdout.write('Stopped.\n')
}

keepCompiledCode()
process.stdout.on('error', () => {}) // The reader has closed the pipe; the server goes on.
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`\nTollgate could not start. ${describeFailure(error)}\n`)
  return 1
})
// Only what was stopped could keep the process alive, and it is.
process.exit()
