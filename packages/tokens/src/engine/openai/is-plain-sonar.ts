/** Returns whether a model is one of Perplexity's that bill a request. Deep research bills searches and citations instead. */
export function isPlainSonar(model: string | null): boolean {
  return model !== null && /sonar/i.test(model) && !/deep-research/i.test(model)
}
