/** A model as its provider names it. Empty texts are still to be chosen. */
export interface ModelName {
  readonly provider: string
  readonly model: string
}
