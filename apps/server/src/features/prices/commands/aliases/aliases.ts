import { Command } from 'commander'
import { endAliasCommand } from './end-alias.ts'
import { listAliasesCommand } from './list-aliases.ts'
import { setAliasCommand } from './set-alias.ts'

/** `tollgate prices alias` */
export function aliasCommand(): Command {
  return new Command('alias')
    .description('Names of your own for models: deployments at Azure, application inference profiles at Bedrock, models of a gateway.')
    .addCommand(setAliasCommand())
    .addCommand(endAliasCommand())
    .addCommand(listAliasesCommand())
}
