import { Command, CommanderError } from 'commander'
import { describeFailure } from '../describe-failure.ts'
import { chargesCommand } from '../features/charges/commands/charges.ts'
import { alertsCommand } from '../features/alerts/commands/alerts.ts'
import { keysCommand } from '../features/accounts/commands/keys.ts'
import { pricesCommand } from '../features/prices/commands/prices.ts'
import { quotasCommand } from '../features/quotas/commands/quotas.ts'
import { replayCommand } from '../features/usage/commands/replay.ts'
import { tenantsCommand } from '../features/accounts/commands/tenants.ts'
import { usageCommand } from '../features/usage/commands/usage.ts'
import { webhooksCommand } from '../features/webhooks/commands/webhooks.ts'

const program = new Command('npm run tollgate --')
  .description('Operates Tollgate: on its database, which need not be served at the time; replay, through the running server.')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nWhere the database is, and the other settings, the environment says: see npm start -- --help.')
  .showHelpAfterError('(--help says more)')
  .exitOverride()
  .addCommand(tenantsCommand())
  .addCommand(keysCommand())
  .addCommand(pricesCommand())
  .addCommand(chargesCommand())
  .addCommand(usageCommand())
  .addCommand(quotasCommand())
  .addCommand(alertsCommand())
  .addCommand(webhooksCommand())
  .addCommand(replayCommand())

process.stdout.on('error', () => {}) // `| head` has read enough.
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = 1
  // commander has told its own errors already; help that was asked for is none.
  if (error instanceof CommanderError) process.exitCode = error.exitCode
  else process.stderr.write(`${describeFailure(error)}\n`)
}
