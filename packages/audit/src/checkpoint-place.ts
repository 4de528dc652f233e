import type { KeptCheckpoint } from './model/kept-checkpoint.ts'

/** A place outside the store that keeps checkpoints, so that nobody who changes the log can change them too. */
export interface CheckpointPlace {
  /** Names the place in the store, which remembers what each place has. */
  readonly name: string
  /** Keeps a checkpoint. Resolves when it is durable. The same one may come again after a failure. */
  keep(checkpoint: KeptCheckpoint): Promise<void>
}
