import { Command, CommanderError } from 'commander'
import { describeFailure } from '../process/describe-failure.ts'
import { features } from '../features/index.ts'

const program = new Command('npm run tollgate --')
  .description('Operates Tollgate. Commands work on its database, whether or not a server is running; replay needs a running server.')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nThe database and other settings come from environment variables: see npm start -- --help.')
  .showHelpAfterError('(see --help)')
  .exitOverride()

const commands = await Promise.all(features.map(async feature => (await feature.commands?.()) ?? []))
for (const command of commands.flat()) program.addCommand(command)

process.stdout.on('error', () => {}) // The reader, such as `head`, has closed the pipe.
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = 1
  // commander has printed its own errors already, and help that was asked for is not an error.
  if (error instanceof CommanderError) process.exitCode = error.exitCode
  else process.stderr.write(`${describeFailure(error)}\n`)
}
