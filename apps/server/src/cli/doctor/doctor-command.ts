import { Command } from 'commander'
import { findUnknownVariables, readEnvironment } from '../../environment.ts'
import { describeBuild } from '../../process/build-information.ts'
import { describeUnknown } from '../../unknown-variables.ts'
import { CommandFailed } from '../command-failed.ts'
import { print } from '../print.ts'
import type { Finding } from './finding.ts'

/** `tollgate doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Checks settings, files of keys, disk and database, and says what to do. Changes nothing. Exits with 1 if there is a problem.')
    .action(runDoctor)
}

const MARKS = { ok: 'ok     ', warning: 'WARNING', problem: 'PROBLEM' } as const

async function runDoctor(): Promise<void> {
  const environment = readEnvironment()
  const [{ checkFiles }, { checkDatabase }] = await Promise.all([import('./check-files.ts'), import('./check-database.ts')])
  const unknown = findUnknownVariables()
  const settings: readonly Finding[] =
    unknown.length === 0
      ? [{ check: 'settings', level: 'ok', found: 'every variable is known and valid' }]
      : unknown.map(variable => ({ check: 'settings', level: 'warning', found: describeUnknown(variable) }))
  const embedded: readonly Finding[] =
    environment.databaseUrl === undefined
      ? [{ check: 'database', level: 'ok', found: 'the embedded PostgreSQL, which the server starts and checks itself' }]
      : []
  const findings = [...settings, ...(await checkFiles(environment)), ...embedded, ...(await checkDatabase(environment))]
  print(`Tollgate ${describeBuild()}\n`)
  for (const { check, level, found, advice } of findings) {
    print(`${MARKS[level]}  ${check}: ${found}`)
    if (advice !== undefined) print(`         ${advice}`)
  }
  const problems = findings.filter(({ level }) => level === 'problem').length
  const warnings = findings.filter(({ level }) => level === 'warning').length
  print(`\n${counted(problems, 'problem')}, ${counted(warnings, 'warning')}`)
  if (problems > 0) throw new CommandFailed()
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
