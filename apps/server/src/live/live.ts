import { features } from '../features/index.ts'
import type { LiveDependencies, LiveSource } from './live-source.ts'

/** The opened live sources, which report what happens in every process that uses the database. */
export interface Live {
  /** Returns the opened source. */
  source<Opened extends object>(liveSource: LiveSource<Opened>): Opened
  stop(): Promise<void>
}

/** Opens the live sources of every feature. */
export async function openLive(dependencies: LiveDependencies): Promise<Live> {
  const opened = new Map<LiveSource<object>, { stop(): Promise<void> }>()
  const sources = await Promise.all(features.map(async ({ live }) => (await live?.()) ?? []))
  for (const source of sources.flat()) opened.set(source, await source.open(dependencies))
  return {
    source<Opened extends object>(liveSource: LiveSource<Opened>) {
      const found = opened.get(liveSource)
      if (found === undefined) throw new Error('This live source is not listed in any feature')
      // `open` of this source returned it.
      return found as Opened & { stop(): Promise<void> }
    },
    async stop() {
      await Promise.all([...opened.values()].map(source => source.stop()))
    },
  }
}
