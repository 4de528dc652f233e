/** What a check has found. */
export interface Finding {
  /** Names what was checked. */
  readonly check: string
  /** A problem keeps the server from starting or from working; with a warning it works, but not as it should. */
  readonly level: 'ok' | 'warning' | 'problem'
  /** What is so. */
  readonly found: string
  /** What to do about it. */
  readonly advice?: string
}
