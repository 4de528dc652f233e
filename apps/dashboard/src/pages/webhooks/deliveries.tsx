import { useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCount, wordOf } from '../../ui/format.ts'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { RedeliverDialog } from './redeliver-dialog.tsx'
import { DELIVERIES, REDELIVER, SEND_TEST } from './webhooks.operations.ts'

const PAGE = 20
const MAX = 100
const TONES: Readonly<Record<string, Tone>> = { DELIVERED: 'good', FAILED: 'bad' }

export interface DeliveriesProps {
  readonly endpointId: string
  readonly mayChange: boolean
  readonly onSaid: (said: string) => void
}

/** What was sent to an endpoint, latest first. What failed can be sent again. */
export function Deliveries({ endpointId, mayChange, onSaid }: DeliveriesProps) {
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const [problem, setProblem] = useState<Problem>()
  const [isRedelivering, setRedelivering] = useState(false)
  const read = useRead(DELIVERIES, { endpointId, first })
  const [sendTest, isTesting] = useChange(SEND_TEST)
  const [redeliver, isSending] = useChange(REDELIVER)
  const finish = (refused: Problem | undefined, text: string) => {
    setProblem(refused)
    if (refused !== undefined) return
    onSaid(text)
    read.refresh()
  }
  const test = async () =>
    finish(
      problemOf(await sendTest({ input: { endpointId } }), ({ sendTestWebhook }) => sendTestWebhook),
      'A test was sent.',
    )
  const again = async (deliveryId: string) =>
    finish(
      problemOf(await redeliver({ input: { deliveryId } }), ({ redeliverWebhook }) => redeliverWebhook),
      'The notification is being sent again.',
    )
  return (
    <Card
      title="Deliveries"
      actions={
        <>
          <Button look="quiet" onClick={read.refresh}>
            Refresh
          </Button>
          {mayChange && (
            <>
              <Button onClick={() => setRedelivering(true)}>Send failed again</Button>
              <Button disabled={isTesting} onClick={() => void test()}>
                Send a test
              </Button>
            </>
          )}
        </>
      }
    >
      <ProblemNote problem={problem} />
      {isRedelivering && (
        <RedeliverDialog
          endpointId={endpointId}
          onDone={text => {
            setRedelivering(false)
            finish(undefined, text)
          }}
          onClose={() => setRedelivering(false)}
        />
      )}
      <Shown read={read}>
        {({ webhookDeliveries: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Deliveries"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="Nothing was sent yet.">Send a test to see whether your server receives it.</Empty>}
              columns={[
                { header: 'Made', cell: ({ createdAt }) => <Time at={createdAt} style="second" /> },
                { header: 'Type', cell: ({ type }) => type, className: 'break-words' },
                { header: 'State', cell: ({ state }) => <Badge tone={TONES[state] ?? 'neutral'}>{wordOf(state)}</Badge> },
                { header: 'Attempts', isNumber: true, cell: ({ attemptCount }) => formatCount(attemptCount) },
                { header: 'Problem', cell: ({ failure }) => failure ?? '', className: 'max-w-80 break-words' },
                ...(mayChange
                  ? [
                      {
                        header: <span className="sr-only">What to do</span>,
                        cell: ({ id, state, type }: { readonly id: string; readonly state: string; readonly type: string }) =>
                          state !== 'PENDING' && (
                            <Button disabled={isSending} aria-label={`Send ${type} again`} onClick={() => void again(id)}>
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
    </Card>
  )
}
