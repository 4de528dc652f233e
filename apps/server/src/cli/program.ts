import { InvalidInput, isStorableText } from '@tollgate/kernel'
import { Command, CommanderError } from 'commander'
import { describeBuild } from '../process/build-information.ts'
import { describeFailure } from '../process/describe-failure.ts'
import { features } from '../features/index.ts'
import { CommandFailed } from './command-failed.ts'
import { doctorCommand } from './doctor/doctor-command.ts'
import { migrateCommand } from './migrate-command.ts'

/** How the help calls the program. A production build has a program of its own. */
const NAME = process.argv[1]?.endsWith('tollgate.js') === true ? 'tollgate' : 'npm run tollgate --'

/** Runs a command of `npm run tollgate`, and returns its exit code. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const program = await createProgram()
  try {
    requireText(args)
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommandFailed) return 1
    // commander has printed its own errors already, and requested help is not an error.
    if (error instanceof CommanderError) return error.exitCode
    process.stderr.write(`${describeFailure(error)}\n`)
    return 1
  }
}

/** Returns the program with the commands of all features. It throws where commander would end the process. */
export async function createProgram(): Promise<Command> {
  const program = new Command(NAME)
    .version(describeBuild())
    .description('Operates Tollgate. Commands work on its database, whether or not a server is running; replay needs a running server.')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nThe database and other settings come from environment variables: see npm start -- --help.')
    .showHelpAfterError('(see --help)')
  throwOnExit(program)
  const commands = await Promise.all(features.map(async feature => (await feature.commands?.()) ?? []))
  for (const command of [...commands.flat(), doctorCommand(), migrateCommand()]) program.addCommand(throwOnExit(command))
  return program
}

/** Makes commander throw where it would end the process. */
function throwOnExit(command: Command): Command {
  for (const child of command.commands) throwOnExit(child)
  return command.exitOverride()
}

/** Throws `InvalidInput` for an argument that is not text. Node.js has replaced bytes that are not valid UTF-8 with U+FFFD, so that different arguments would become the same one. */
function requireText(args: readonly string[]): void {
  const issues = args.flatMap((argument, at) =>
    isStorableText(argument) && !argument.includes('\u{fffd}') ? [] : [{ path: `Argument ${at + 1}`, message: 'is not valid UTF-8 text' }],
  )
  if (issues.length > 0) throw new InvalidInput(issues)
}
