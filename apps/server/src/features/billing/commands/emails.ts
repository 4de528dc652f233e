import { MAIL_STATES, type Mail, type MailState } from '@tollgate/invoicing/mail'
import { NotFound } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { emailId, readEmailId } from '../mail/ids.ts'

interface ListOptions {
  readonly tenant?: string
  readonly state?: MailState
  readonly first: number
}

/** `tollgate emails` */
export function emailsCommand(): Command {
  return new Command('emails')
    .description('Lists e-mails and sends them again. Needs the settings of the mail server.')
    .addCommand(
      new Command('list')
        .description('Lists e-mails of a tenant, or those to the operator, latest first.')
        .option('--tenant <id>', 'tenant (default: e-mails to the operator)')
        .addOption(new Option('--state <state>', 'only in this state (default: all)').choices(MAIL_STATES))
        .option('--first <count>', 'maximum number, 1 to 500', wholeNumberOption(1, 500), 50)
        .action(async ({ tenant, state, first }: ListOptions) => {
          const listed = await withTollgate(async ({ accounts, mail }) => {
            if (tenant !== undefined) await accounts.requireTenant(tenant)
            return mail?.mailbox.list({ tenantId: tenant ?? null, state, first })
          })
          if (listed === undefined) return note(NO_MAIL_SERVER)
          print(emailTable(listed.items))
          if (listed.hasMore) note('There are more; pass a larger --first.')
        }),
    )
    .addCommand(
      new Command('resend')
        .description('Sends an e-mail again that was sent or has failed. The server sends it.')
        .argument('<id>', 'id of the e-mail: eml_…')
        .option('--to <address>', 'another address (default: the original recipient)')
        .action(async (id: string, { to }: { readonly to?: string }) => {
          const ref = readEmailId(id)
          const email = await withTollgate(async ({ mail }) => {
            if (mail === undefined) return note(NO_MAIL_SERVER)
            return mail.mailbox.resend({ ...ref, to })
          })
          if (email === undefined) throw new NotFound('e-mail', id)
          print(`${id}: ${email.state}, to ${email.to}`)
        }),
    )
}

const NO_MAIL_SERVER = 'No mail server is set up. Set TOLLGATE_SMTP_URL and TOLLGATE_MAIL_FROM.'

function emailTable(mails: readonly Mail[]): string {
  return table(
    [{ heading: 'id' }, { heading: 'kind' }, { heading: 'to' }, { heading: 'state' }, { heading: 'attempts', align: 'end' }, { heading: 'error' }],
    mails.map(mail => [emailId(mail), mail.kind, mail.to, mail.state, String(mail.attempts), mail.error ?? '-']),
  )
}
