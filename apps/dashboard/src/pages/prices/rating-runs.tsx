import { useEffect, useState } from 'react'
import { useRead } from '../../graphql/use-read.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { wordOf } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Time } from '../../ui/time.tsx'
import { RATING_RUNS, type RatingRunsQuery } from './prices.operations.ts'
import { isStalled } from './is-stalled.ts'
import { RatingRunChange } from './rating-run-change.tsx'
import { Totals } from './rating-dialog.tsx'

const REFRESH_MS = 2_000

const TONES: Readonly<Record<string, Tone>> = { RUNNING: 'neutral', COMPLETED: 'good', FAILED: 'bad', INTERRUPTED: 'warn', CANCELLED: 'neutral' }

/** The last corrections of past costs, with the progress of one that is running. */
export function RatingRuns({ onDone }: { readonly onDone?: (said: string) => void }) {
  const [changed, setChanged] = useState<{ readonly id: string; readonly change: 'cancel' | 'resume' }>()
  const { data, refresh } = useRead(RATING_RUNS, {})
  const runs = data?.ratingRuns.nodes ?? []
  const isRunning = runs.some(({ state }) => state === 'RUNNING')
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(refresh, REFRESH_MS)
    return () => clearInterval(timer)
  }, [isRunning, refresh])
  if (runs.length === 0) return null
  return (
    <Card title="Corrections of past costs">
      <ul className="flex flex-col gap-4">
        {runs.map(run => (
          <RatingRun key={run.id} run={run} hasStalled={isStalled(run, Date.now())} onChange={onDone && (change => setChanged({ id: run.id, change }))} />
        ))}
      </ul>
      {changed !== undefined && onDone !== undefined && (
        <RatingRunChange
          {...changed}
          onDone={() => onDone(changed.change === 'cancel' ? 'The correction was cancelled.' : 'The correction was resumed.')}
          onClose={() => setChanged(undefined)}
        />
      )}
    </Card>
  )
}

interface RatingRunProps {
  readonly run: RatingRunsQuery['ratingRuns']['nodes'][number]
  readonly hasStalled: boolean
  /** Undefined for those who may not change it. */
  readonly onChange: ((change: 'cancel' | 'resume') => void) | undefined
}

function RatingRun({ run: { state, reason, startedAt, updatedAt, eventsRead, eventsTotal, changes, failure }, hasStalled, onChange }: RatingRunProps) {
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-baseline gap-2">
        <Badge tone={TONES[state] ?? 'neutral'}>{wordOf(state)}</Badge>
        <span className="font-medium break-words">{reason}</span>
        <span className="text-muted">
          <Time at={startedAt} />
        </span>
      </div>
      {state === 'RUNNING' && <Meter label="Progress" isProgress percent={eventsTotal === 0 ? 0 : (eventsRead / eventsTotal) * 100} />}
      {hasStalled && (
        <p className="text-warn">
          No progress since <Time at={updatedAt} style="second" />. The server that ran it may have stopped.
          {onChange !== undefined && ' Resume it to continue.'}
        </p>
      )}
      {onChange !== undefined && state !== 'COMPLETED' && state !== 'CANCELLED' && (
        <div className="flex flex-wrap gap-2">
          {(state !== 'RUNNING' || hasStalled) && (
            <Button aria-label={`Resume: ${reason}`} onClick={() => onChange('resume')}>
              Resume
            </Button>
          )}
          <Button look="danger" aria-label={`Cancel: ${reason}`} onClick={() => onChange('cancel')}>
            Cancel
          </Button>
        </div>
      )}
      {failure === null ? <Totals totals={changes.totals} /> : <p className="text-bad">{failure}</p>}
    </li>
  )
}
