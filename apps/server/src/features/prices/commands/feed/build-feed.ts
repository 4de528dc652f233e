import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInput, type Temporal } from '@tollgate/kernel'
import { bundledPrices } from '@tollgate/pricing'
import { buildFeed, generateFeedKeys, publicKeyOf } from '@tollgate/pricing/feed'
import { Command, Option } from 'commander'
import { instantOption, wholeNumberOption } from '../../../../cli/options.ts'
import { note, print } from '../../../../cli/print.ts'
import { readEnvironment } from '../../../../environment.ts'

interface BuildFeedOptions {
  readonly key?: string
  readonly generateKey?: string
  readonly out: string
  readonly date?: Temporal.Instant
  readonly revision: number
}

/** Readable by its owner alone. */
const SECRET = 0o600

/** `tollgate prices build-feed` */
export function buildFeedCommand(): Command {
  return new Command('build-feed')
    .description(
      'Builds a signed price feed from the list prices of this version: a manifest, and the list that it names. The same input gives the same files.',
    )
    .addOption(new Option('--key <file>', 'private key to sign with, in PEM').conflicts('generateKey'))
    .option('--generate-key <file>', 'instead, create a private key in a new file, and print its public key for TOLLGATE_PRICES_PUBLIC_KEY')
    .option('--out <directory>', 'directory for the files', 'feed')
    .option('--date <time>', 'when the prices were checked (default: when the newest one was)', instantOption)
    .option(
      '--revision <number>',
      'distinguishes lists of the same day, 0 to 99; servers accept only a later day or a higher number',
      wholeNumberOption(0, 99),
      0,
    )
    .action(run)
}

async function run({ key, generateKey, out, date, revision }: BuildFeedOptions): Promise<void> {
  const { workingDirectory } = readEnvironment()
  if (generateKey !== undefined) return createKey(resolve(workingDirectory, generateKey))
  if (key === undefined) throw new InvalidInput([{ path: '--key', message: 'is required; create a key with --generate-key' }])
  const file = resolve(workingDirectory, key)
  const privateKey = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new InvalidInput([{ path: '--key', message: `cannot be read: ${(error as Error).message}` }])
  })
  const publicKey = publicKeyIn(privateKey, file)
  const directory = resolve(workingDirectory, out)
  const built = buildFeed({ prices: bundledPrices(), privateKey, date, revision })
  await mkdir(directory, { recursive: true })
  // The manifest is last, so that it never names a list that is not there.
  await writeFile(join(directory, built.listName), built.list)
  await writeFile(join(directory, 'manifest.json'), built.manifest)
  note(`Built version ${built.version} of ${built.date.toString()} in ${directory}. Publish ${built.listName} first, then manifest.json.`)
  print(publicKey)
}

async function createKey(file: string): Promise<void> {
  const { privateKey, publicKey } = generateFeedKeys()
  try {
    // Never replaces a file: feeds that are signed with a lost key cannot be renewed.
    await using handle = await open(file, 'wx', SECRET)
    await handle.writeFile(privateKey)
  } catch (error) {
    throw new InvalidInput([{ path: '--generate-key', message: `cannot be written: ${(error as Error).message}` }])
  }
  note(`Wrote a private key to ${file}. Keep it secret. Servers need its public key in TOLLGATE_PRICES_PUBLIC_KEY:`)
  print(publicKey)
}

function publicKeyIn(privateKey: string, file: string): string {
  try {
    return publicKeyOf(privateKey)
  } catch {
    throw new InvalidInput([{ path: '--key', message: `is not an Ed25519 private key in PEM: ${file}` }])
  }
}
