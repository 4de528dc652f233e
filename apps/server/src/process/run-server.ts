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

  PORT                            4000           port to listen on; 0 picks a free one
  TOLLGATE_HOST                   127.0.0.1      address to listen on; 0.0.0.0 listens on all
  TOLLGATE_DATA_DIR               .tollgate      directory of the embedded database and other local state
  DATABASE_URL                    embedded       URL of a PostgreSQL to use instead of the embedded one
  TOLLGATE_MIGRATIONS_URL         DATABASE_URL   direct URL of the owner, if DATABASE_URL has another role or a pooler
  TOLLGATE_MIGRATION_WAIT_SECONDS 600            how long to wait for another process that migrates the database
  TOLLGATE_PREPARED_STATEMENTS    1              0 prepares no statements by name; the default through a pooler
  TOLLGATE_POOL_SIZE              16             database connections for requests: half for writes, half for reads
  TOLLGATE_WRITE_CONNECTIONS      half           connections for commits, quota decisions and changes
  TOLLGATE_READ_CONNECTIONS       half           connections for reads
  TOLLGATE_JOB_CONNECTIONS        4              connections for background jobs
  TOLLGATE_TENANT_READS           a quarter      maximum number of reads of one tenant at the same time
  TOLLGATE_TENANT_READ_SECONDS    60             database time in each minute for the reads of one tenant; 0: no limit
  TOLLGATE_READ_WAIT_SECONDS      10             how long a request waits for its turn at the database
  TOLLGATE_MAX_CLOCK_OFFSET_SECONDS
                                  300            how far the machine's clock may be from the database's; 0: any distance
  TOLLGATE_OPERATOR_KEY           generated      operator key to accept, at least 16 characters
  TOLLGATE_PUBLIC_PLANS           none           plans whose charges every tenant may simulate, separated by commas
  BILLING_DEFAULT_CURRENCY        USD            currency of new tenants that name none
  BILLING_AUTO_BILLING            1              whether tenants are billed when their periods end
  BILLING_SEND_INVOICES           1              whether invoices are sent by e-mail when they are finalised
  TOLLGATE_METRICS_KEY            none           key that /metrics requires, at least 16 characters
  TOLLGATE_METRICS_PORT           PORT           port of its own for /metrics, /healthz and /readyz
  TOLLGATE_KEEP_ALIVE_SECONDS     65             how long a connection without a request stays open
  TOLLGATE_MAX_CONNECTIONS        10000          maximum number of connections
  TOLLGATE_MAX_CONNECTIONS_PER_ADDRESS
                                  5000           maximum number of connections from one address
  TOLLGATE_BODY_MEMORY_MB         128            maximum memory for the bodies of requests in progress
  TOLLGATE_LAME_DUCK_SECONDS      12             how long it still serves after SIGTERM; 0 with the embedded PostgreSQL
  TOLLGATE_DRAIN_SECONDS          15             how long shutdown waits for requests in progress
  TOLLGATE_IDLE_GRACE_SECONDS     2              how long shutdown still answers on idle connections
  TOLLGATE_FAST_PATH              1              0 turns off the fast path of GraphQL; answers stay the same
  TOLLGATE_INTROSPECTION          1              whether clients can read the schema; 0 with NODE_ENV=production
  TOLLGATE_GRAPHIQL               1              whether GraphiQL is served at /graphql; 0 with NODE_ENV=production
  TOLLGATE_DASHBOARD              1              whether the dashboard is served at /
  TOLLGATE_DASHBOARD_DIR          built with it  directory of the built dashboard
  TOLLGATE_PERSISTED_OPERATIONS   none           file or folder of GraphQL operations that clients send by their hash
  TOLLGATE_PERSISTED_ONLY         0              1 executes no other operations
  TOLLGATE_ALLOWED_ORIGINS        all            origins whose pages may use GraphQL, separated by commas
  TOLLGATE_TRUSTED_PROXIES        none           addresses and networks of proxies whose X-Forwarded-For names the client
  TOLLGATE_WEBHOOK_ALLOW_PRIVATE  0              1 allows webhooks over http and to private addresses
  TOLLGATE_WEBHOOK_RETRY_SECONDS  5,300,...      seconds to wait before each retry of a webhook delivery
  TOLLGATE_PRICES_URL             none           https or file URL of the manifest of a price feed, fetched every 6 hours
  TOLLGATE_PRICES_PUBLIC_KEY      none           Ed25519 keys that may sign the price feed, in base64, separated by commas
  TOLLGATE_AUDIT_NAME             tollgate       unique name of this installation in checkpoints of audit logs
  TOLLGATE_AUDIT_SAMPLING         none           families of audit events that are sampled: chat=10 keeps one in ten
  TOLLGATE_AUDIT_KEY_FILE         data directory PEM file with the keys of audit logs
  TOLLGATE_ENCRYPTION_KEY         generated      keys that encrypt secrets in the database, the current one first, separated
                                                 by commas; none is generated with DATABASE_URL
  TOLLGATE_ENCRYPTION_KEY_FILE    data directory file with these keys instead
  TOLLGATE_AUDIT_RETENTION_MONTHS all            months of audit logs to keep in the database, 12 or more
  TOLLGATE_AUDIT_ARCHIVE_DIR      none           directory that older months of audit logs are archived to
  TOLLGATE_AUDIT_CHECKPOINT_FILE  none           file that signed checkpoints of audit logs are appended to
  BILLING_GRACE_PERIOD            7d             days after the due date before late fees begin
  TOLLGATE_STRIPE_SECRET_KEY      none           take payments with Stripe; also TOLLGATE_STRIPE_WEBHOOK_SECRET
  TOLLGATE_PAYPAL_CLIENT_ID       none           with PayPal; also TOLLGATE_PAYPAL_CLIENT_SECRET, TOLLGATE_PAYPAL_WEBHOOK_ID
  TOLLGATE_COINBASE_KEY_ID        none           with Coinbase; also TOLLGATE_COINBASE_KEY_SECRET, TOLLGATE_COINBASE_WEBHOOK_SECRET
  TOLLGATE_SMTP_URL               none           mail server: smtps://user:password@mail.example:465
  TOLLGATE_MAIL_FROM              none           sender of e-mails, required with a mail server
  TOLLGATE_MAIL_OPERATOR          none           addresses that get the alerts of the operator, separated by commas
  TOLLGATE_MAIL_TEMPLATES         built in       folder with templates of e-mails
  TOLLGATE_PUBLIC_URL             request's      address of this server in links to documents, and for recipients of e-mails
  TOLLGATE_INVOICE_DESIGN         plain          JSON file with the logo, color, footer, texts and fonts of invoices
  LOG_LEVEL                       info           level of the log on stderr; in a terminal it defaults to warn
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
    process.stdout.write(HELP)
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
