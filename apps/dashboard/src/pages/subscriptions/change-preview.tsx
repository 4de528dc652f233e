import { useRead } from '../../graphql/use-read.ts'
import { messageOf } from '../../graphql/message-of.ts'
import { formatAmount } from '../../ui/format.ts'
import { Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { PREVIEW_CHANGE, type PreviewChangeQuery, type PreviewChangeQueryVariables } from './subscriptions.operations.ts'

/** Says what a change of a subscription does to its next invoice. Undefined while there is nothing to preview. */
export function ChangePreview({ change }: { readonly change: PreviewChangeQueryVariables | undefined }) {
  const { data, error, isLoading } = useRead(PREVIEW_CHANGE, change ?? {}, { isPaused: change === undefined })
  return (
    <section aria-live="polite" className="rounded-md bg-sunken p-3">
      <h3 className="font-medium">What it does to the next invoice</h3>
      {change === undefined ? (
        <p className="text-muted">Nothing yet.</p>
      ) : error !== undefined ? (
        <p className="break-words text-bad">{messageOf(error)}</p>
      ) : data === undefined || isLoading ? (
        <Loading what="Computing the next invoice" lines={2} />
      ) : (
        <Fees preview={data.previewSubscriptionChange} />
      )}
    </section>
  )
}

type Preview = PreviewChangeQuery['previewSubscriptionChange']

function Fees({ preview: { takesEffectAt, invoicedAt, currency, unchanged, changed } }: { readonly preview: Preview }) {
  return (
    <>
      <p>
        It takes effect <Time at={takesEffectAt} />, and is settled by the invoice of <Time at={invoicedAt} style="day" />.
      </p>
      <table className="mt-2 w-full">
        <caption className="sr-only">Fees on that invoice</caption>
        <tbody>
          {changed.lines.map(({ description, periodFrom, periodTo, amount }) => (
            <tr key={`${description} ${periodFrom}`} className="align-baseline">
              <td className="py-0.5 pr-2 break-words">
                {description}
                <div className="text-muted">
                  <Time at={periodFrom} style="day" /> to <Time at={periodTo} style="day" />
                </div>
              </td>
              <td className="py-0.5 text-right whitespace-nowrap tabular-nums">{formatAmount(amount, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="border-t border-line font-medium">
          <tr>
            <th scope="row" className="pt-1 text-left font-medium">
              Fees before tax
            </th>
            <td className="pt-1 text-right whitespace-nowrap tabular-nums">{formatAmount(changed.total, currency)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="mt-1 text-muted">{`Without the change: ${formatAmount(unchanged.total, currency)}. Usage is billed besides.`}</p>
    </>
  )
}
