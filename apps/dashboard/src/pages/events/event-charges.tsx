import { useScope } from '../../app/viewer-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { Facts } from '../../ui/facts.tsx'
import { formatDecimal, formatPrice, wordOf } from '../../ui/format.ts'
import { Time } from '../../ui/time.tsx'
import type { EventDetails } from './event-details.ts'
import { Part } from './part.tsx'

type Step = EventDetails['explanation']['steps'][number]

const NAMES: Readonly<Record<Step['__typename'], string>> = {
  CostStep: 'Cost of the provider',
  PriceStep: 'Price',
  MarkupStep: 'Markup',
  DiscountStep: 'Discount',
  BoundsStep: 'Least and most',
  RoundingStep: 'Rounding',
}

/** The price, the cost and the charge of an event, and every step that leads to them. */
export function EventCharges({ event, explanation }: EventDetails) {
  const showsCosts = useScope('costs:read')
  const { price, corrections, pricingState, unpricedReason } = event
  return (
    <>
      <Part title="Cost and charge">
        <Facts
          facts={[
            [
              'Charge',
              explanation.charge === null ? <Badge tone="warn">{wordOf(explanation.state)}</Badge> : formatPrice(explanation.charge, explanation.currency),
            ],
            ['Cost', !showsCosts ? null : event.cost === null ? <Badge tone="warn">{wordOf(pricingState)}</Badge> : formatPrice(event.cost, 'USD')],
            ['Reason', explanation.reason],
            ['No price because', unpricedReason === null ? null : wordOf(unpricedReason)],
            ['Cost as recorded', event.recordedCost === event.cost ? null : formatPrice(event.recordedCost, 'USD')],
            ['Cost as reported', event.reportedCost === null ? null : formatPrice(event.reportedCost, 'USD')],
            ['Price version', price === null ? null : <span className="font-mono text-xs break-all">{price.id}</span>],
            ['Price of', price === null ? null : `${price.provider} ${price.model}, ${wordOf(price.source)}`],
            ['Price valid', price === null ? null : <Interval from={price.from} to={price.to} />],
          ]}
        />
        {corrections.length > 0 && (
          <ul className="mt-2 flex flex-col gap-1">
            {corrections.map(({ correctedAt, from, to }) => (
              <li key={correctedAt}>
                Corrected at <Time at={correctedAt} />: from {ratingText(from)} to {ratingText(to)}
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title="Why">
        {explanation.steps.length === 0 ? (
          <p className="text-muted">There is nothing to explain{explanation.reason === null ? '.' : `: ${explanation.reason}.`}</p>
        ) : (
          <ol className="flex flex-col gap-2 border-l-2 border-line pl-3">
            {explanation.steps.map((step, at) => (
              <ExplainedStep key={at} step={step} currency={explanation.currency} />
            ))}
            <li className="font-semibold">Charge: {formatPrice(explanation.charge, explanation.currency)}</li>
          </ol>
        )}
        {explanation.notes.map(note => (
          <p key={note} className="mt-2 text-muted">
            {note}
          </p>
        ))}
      </Part>
    </>
  )
}

function ExplainedStep({ step, currency }: { readonly step: Step; readonly currency: string }) {
  const lines = 'lines' in step ? step.lines : []
  return (
    <li className="min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <span className={step.applied ? 'font-medium' : 'text-muted'}>{NAMES[step.__typename]}</span>
        {!step.applied && <Badge>not applied</Badge>}
        <span className="min-w-0 break-words text-muted">{step.reason}</span>
        {step.applied && (
          <span className="ml-auto tabular-nums">
            {formatPrice(step.before, currency)} → {formatPrice(step.after, currency)}
          </span>
        )}
      </div>
      {step.rule !== null && <div className="font-mono text-xs break-all text-muted">{step.rule}</div>}
      {step.__typename === 'CostStep' && (step.effectiveFrom !== null || step.effectiveTo !== null) && (
        <div className="text-muted">
          Valid <Interval from={step.effectiveFrom} to={step.effectiveTo} />
        </div>
      )}
      <div className="text-muted">{detailOf(step)}</div>
      {lines.length > 0 && (
        <ul className="mt-1 flex flex-col gap-0.5 border-l-2 border-line pl-3">
          {lines.map(({ label, units, unitPrice, amount }, at) => (
            <li key={at} className="flex flex-wrap justify-between gap-x-3 tabular-nums">
              <span className="min-w-0 break-words">
                {label}: {formatDecimal(units)} × {formatPrice(unitPrice, currency)}
              </span>
              <span>{formatPrice(amount, currency)}</span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function detailOf(step: Step): string {
  switch (step.__typename) {
    case 'MarkupStep':
      return step.percent === null ? '' : `${formatDecimal(step.percent)} % on top`
    case 'DiscountStep':
      return [
        `Priority ${step.priority}`,
        ...(step.amountBeforeLimits === null ? [] : [`${formatDecimal(step.amountBeforeLimits)} before limits`]),
        ...(step.maximum === null ? [] : [`at most ${formatDecimal(step.maximum)}`]),
        ...(step.remainingBudget === null ? [] : [`${formatDecimal(step.remainingBudget)} left of the budget`]),
      ].join(', ')
    case 'BoundsStep':
      return [
        ...(step.atLeast === null ? [] : [`at least ${formatDecimal(step.atLeast)}`]),
        ...(step.atMost === null ? [] : [`at most ${formatDecimal(step.atMost)}`]),
      ].join(', ')
    case 'RoundingStep':
      return step.scale === null ? '' : `To ${step.scale} decimals${step.mode === null ? '' : `, ${wordOf(step.mode)}`}`
    case 'CostStep':
    case 'PriceStep':
      return ''
  }
}

function Interval({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  return (
    <>
      {from === null ? (
        'since always'
      ) : (
        <>
          from <Time at={from} />
        </>
      )}
      {to === null ? (
        ', still valid'
      ) : (
        <>
          {' '}
          to <Time at={to} />
        </>
      )}
    </>
  )
}

function ratingText({ cost, pricingState }: { readonly cost: string | null; readonly pricingState: string }): string {
  return cost === null ? wordOf(pricingState) : formatPrice(cost, 'USD')
}
