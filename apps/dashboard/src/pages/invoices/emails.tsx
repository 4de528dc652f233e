import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { wordOf } from '../../ui/format.ts'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { textOrNull } from '../../ui/typed-text.ts'
import { EMAILS, type EmailsQuery, RESEND_EMAIL } from './billing.operations.ts'

type Email = EmailsQuery['emails']['nodes'][number]

const PAGE = 10
const MAX = 200
const TONES: Readonly<Record<Email['state'], Tone>> = { PENDING: 'neutral', SENT: 'good', FAILED: 'bad', UNSUBSCRIBED: 'warn' }

export interface EmailsProps {
  readonly mayResend: boolean
  readonly onDone: (said: string) => void
}

/** The e-mails to a tenant, or to the operator, and what became of each. */
export function Emails({ mayResend, onDone }: EmailsProps) {
  const { tenantId } = useTenant()
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const [resent, setResent] = useState<Email>()
  const read = useRead(EMAILS, { tenantId: tenantId ?? null, state: null, first })
  return (
    <Card title={tenantId === undefined ? 'E-mails to the operator' : 'E-mails to the tenant'}>
      <Shown read={read}>
        {({ emails: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="E-mails"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={
                <Empty title="No e-mail was sent.">
                  Invoices and reminders are sent once the server has a mail server: set TOLLGATE_SMTP_URL and TOLLGATE_MAIL_FROM.
                </Empty>
              }
              columns={[
                { header: 'Written', cell: ({ createdAt }) => <Time at={createdAt} /> },
                { header: 'What', cell: ({ kind }) => wordOf(kind) },
                { header: 'To', cell: ({ to }) => to, className: 'max-w-64 break-words' },
                { header: 'State', cell: ({ state }) => <Badge tone={TONES[state]}>{wordOf(state)}</Badge> },
                { header: 'Problem', cell: ({ error }) => error ?? '', className: 'max-w-72 break-words' },
                ...(mayResend
                  ? [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (email: Email) =>
                          email.state !== 'PENDING' && (
                            <Button aria-label={`Send the ${wordOf(email.kind)} to ${email.to} again`} onClick={() => setResent(email)}>
                              Send again
                            </Button>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
      {resent !== undefined && (
        <ResendDialog
          email={resent}
          onDone={() => {
            setResent(undefined)
            read.refresh()
            onDone('The e-mail is being sent again.')
          }}
          onClose={() => setResent(undefined)}
        />
      )}
    </Card>
  )
}

interface ResendDialogProps {
  readonly email: Email
  readonly onDone: () => void
  readonly onClose: () => void
}

function ResendDialog({ email: { id, kind, to }, onDone, onClose }: ResendDialogProps) {
  const [typed, setTyped] = useState('')
  const [resend] = useChange(RESEND_EMAIL)
  const send = async () => problemOf(await resend({ input: { id, to: textOrNull(typed) } }), ({ resendEmail }) => resendEmail)
  return (
    <FormDialog
      title={`Send the ${wordOf(kind)} again`}
      about="With new links, the current PDF and a new round of attempts."
      submitText="Send it again"
      known={['to']}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <TextField
          label="To"
          type="email"
          placeholder={to}
          hint={`Empty for ${to}.`}
          error={errorOf('to')}
          value={typed}
          onChange={({ target: { value } }) => setTyped(value)}
        />
      )}
    </FormDialog>
  )
}
