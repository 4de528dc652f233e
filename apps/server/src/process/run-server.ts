import { parseArgs } from 'node:util'
import { describeFailure } from './describe-failure.ts'
import { describeBuild } from './build-information.ts'
import { type Environment, findUnknownVariables, readEnvironment } from '../environment.ts'
import { describeUnknown } from '../unknown-variables.ts'
import { createLog, type Log } from '../observability/log.ts'
import { createLogOutput } from '../observability/log-output.ts'
import type { RunningServer } from '../start-server.ts'
import { stopSignals } from './stop-signals.ts'
import { welcome } from './welcome.ts'

const HELP = `
npm start [-- --demo | --version]

Starts the server. With --demo (or TOLLGATE_DEMO=1), loads sample data once.

Environment variables and their defaults:
`

/** How long shutdown may take after the drain before the process exits anyway, for example because the database hangs. */
const CLOSE_GRACE_MS = 30_000

/** Runs the server until it is asked to stop. Returns the exit code of the process, and prints why where it cannot start. */
export async function runServer(args: readonly string[]): Promise<number> {
  try {
    return await serve(args)
  } catch (error) {
    process.stderr.write(`\nTollgate could not start. ${describeFailure(error)}\n`)
    return 1
  }
}

async function serve(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean', default: false }, version: { type: 'boolean' }, help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.version === true) {
    process.stdout.write(`${describeBuild()}\n`)
    return 0
  }
  if (values.help) {
    const { settingsHelp } = await import('../settings-reference.ts')
    process.stdout.write(`${HELP}\n${settingsHelp()}`)
    return 0
  }
  const fromVariables = readEnvironment()
  const environment = { ...fromVariables, demo: fromVariables.demo || values.demo }
  const output = process.stderr.isTTY ? undefined : createLogOutput()
  const log = createLog(environment, output)
  for (const variable of findUnknownVariables()) log.warn({ variable: variable.name }, describeUnknown(variable))
  using signals = stopSignals(log)

  // Loaded after the settings are checked, so that errors in them are reported at once.
  const { startServer } = await import('../start-server.ts')
  const server = await startServer(environment, log, output)
  process.stdout.write(welcome(server, environment))
  const signal = await signals.first
  // Ctrl-C comes from a person who waits, and not from what restarts servers behind a load balancer.
  await stop(server, { ...environment, lameDuckSeconds: signal === 'SIGTERM' ? environment.lameDuckSeconds : 0 }, log)
  return 0
}

async function stop(server: RunningServer, { lameDuckSeconds, drainSeconds }: Environment, log: Log): Promise<void> {
  process.stdout.write('\nStopping. Press Ctrl-C again to stop at once.\n')
  const tooLong = setTimeout(
    () => {
      log.fatal('Shutdown took too long; exiting. Acknowledged events are not lost.')
      process.exit(1)
    },
    (lameDuckSeconds + drainSeconds) * 1_000 + CLOSE_GRACE_MS,
  )
  await server.stop({ lameDuckMs: lameDuckSeconds * 1_000 })
  clearTimeout(tooLong)
  process.stdout.write('Stopped.\n')
}
