/** Recognises the usage of OpenAI's Agents SDK for JavaScript, whose names are those of Bedrock's Converse. It always has lists of details. */
export function isAgentsSdk(usage: object): boolean {
  return Object.hasOwn(usage, 'inputTokensDetails') || Object.hasOwn(usage, 'outputTokensDetails')
}
