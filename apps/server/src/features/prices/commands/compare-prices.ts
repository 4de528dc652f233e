import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { InvalidInput, systemClock, type Temporal } from '@tollgate/kernel'
import { compareWithList, type ListComparison, type PriceListFormat } from '@tollgate/pricing'
import { Command } from 'commander'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { readEnvironment } from '../../../environment.ts'
import { isAllowedFeedUrl } from '../feed/allowed-feed-url.ts'
import { fetchedFeed } from '../feed/fetch-feed.ts'

interface CompareOptions {
  readonly litellm?: string
  readonly modelsDev?: string
  readonly at?: Temporal.Instant
  readonly known?: true | undefined
  readonly missing?: true | undefined
}

const MAX_LIST_BYTES = 32 * 1024 * 1024

/** `tollgate prices compare` */
export function comparePricesCommand(): Command {
  return new Command('compare')
    .description('Compares the list prices of this version with public lists, and names new disagreements. Exits with 1 if there are any.')
    .option('--litellm <file-or-url>', "LiteLLM's model_prices_and_context_window.json")
    .option('--models-dev <file-or-url>', "models.dev's api.json")
    .option('--at <time>', 'time at which the lists held (default: now)', instantOption)
    .option('--known', 'also show known disagreements, with their reasons')
    .option('--missing', 'also show models of the lists that we do not have')
    .action(comparePrices)
}

async function comparePrices({ litellm, modelsDev, at = systemClock.now(), known, missing }: CompareOptions): Promise<void> {
  const lists = [
    ['litellm', litellm],
    ['models-dev', modelsDev],
  ] as const satisfies readonly (readonly [PriceListFormat, string | undefined])[]
  if (lists.every(([, from]) => from === undefined)) throw new InvalidInput([{ path: '--litellm', message: 'or --models-dev is required' }])
  let news = 0
  for (const [format, from] of lists) {
    if (from === undefined) continue
    const data = new TextDecoder().decode(await readList(from))
    news += show(format, compareWithList({ format, data, at }), { known, missing })
  }
  if (news > 0) throw new CommandFailed()
}

async function readList(from: string): Promise<Uint8Array> {
  const url = /^[a-z]+:\/\//.test(from) && URL.canParse(from) ? new URL(from) : pathToFileURL(resolve(readEnvironment().workingDirectory, from))
  if (!isAllowedFeedUrl(url)) throw new InvalidInput([{ path: from, message: 'must be a file or an https URL' }])
  return fetchedFeed({ url: url.href, timeoutMs: 60_000 }).list(url.href, MAX_LIST_BYTES)
}

/** Shows a comparison, and returns the number of new disagreements. */
function show(format: PriceListFormat, { compared, missing, disagreements }: ListComparison, options: Pick<CompareOptions, 'known' | 'missing'>): number {
  const news = disagreements.filter(({ reason }) => reason === undefined)
  const shown = options.known ? disagreements : news
  if (shown.length > 0) {
    const columns = [
      { heading: format },
      { heading: 'rate' },
      { heading: 'ours', align: 'end' as const },
      { heading: 'theirs', align: 'end' as const },
      ...(options.known ? [{ heading: 'reason' }] : []),
    ]
    const rows = shown.map(({ name, rate, above, ours, theirs, reason }) => [
      name,
      above === null ? rate : `${rate} above ${above.toLocaleString('en')}`,
      ours?.toFixed() ?? '-',
      theirs.toFixed(),
      ...(options.known ? [reason ?? 'new'] : []),
    ])
    print(table(columns, rows))
  }
  if (options.missing) for (const name of missing) print(`${format}: no price for ${name}`)
  note(`${format}: ${compared} entries compared, ${news.length} new and ${disagreements.length - news.length} known disagreements, ${missing.length} not here.`)
  return news.length
}
