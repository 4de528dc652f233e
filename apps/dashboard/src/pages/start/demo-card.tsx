import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Problem, problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { LOAD_DEMO } from './start.operations.ts'

/** Loads the demo, for a server that has no usage of its own. */
export function DemoCard() {
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [load, isLoading] = useChange(LOAD_DEMO)
  const navigate = useNavigate()
  const start = async () => {
    const refused = problemOf(await load({}), ({ loadDemo }) => loadDemo)
    setProblem(refused)
    if (refused === undefined) await navigate({ to: '/overview', search: {} })
  }
  return (
    <Card title="Or look at a demo first">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-muted">
          Three tenants with 600 real requests of the last 30 days, quotas near their limits, credits, discounts and invoices.
        </p>
        <Button onClick={() => setAsking(true)}>Load the demo</Button>
      </div>
      <Dialog
        title="Load the demo"
        about="It adds three tenants, a plan, and a made-up seller of their invoices if you have not set one. Tenants cannot be deleted: load it on a server to try things, not on the one that you will bill with."
        isOpen={isAsking}
        onClose={() => !isLoading && setAsking(false)}
      >
        <div role="status" className="flex flex-col gap-2 text-muted">
          {isLoading && (
            <>
              <progress aria-label="Loading the demo" className="w-full accent-accent" />
              Recording 600 calls, then quotas, credits and invoices. This takes a few seconds.
            </>
          )}
        </div>
        <ProblemNote problem={problem} />
        <DialogButtons onClose={() => setAsking(false)}>
          <Button look="primary" disabled={isLoading} onClick={() => void start()}>
            {isLoading ? 'Loading the demo …' : 'Load the demo'}
          </Button>
        </DialogButtons>
      </Dialog>
    </Card>
  )
}
