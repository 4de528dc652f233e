import type { UsageUnit } from '../../model/usage-unit.ts'
import { readField, readList, readObject, readText } from '../read-fields.ts'
import { namedUnits, type UnitName, units } from '../read-units.ts'
import { imageToolUsage } from './image-tool-usage.ts'
import { imageVariant } from './image-variant.ts'

/** xAI's tools by the names of their counts. Null is for what costs only the tokens that it adds. */
const XAI_TOOLS: Readonly<Record<string, UnitName | null>> = {
  web_search_calls: { kind: 'web_search' },
  x_search_calls: { kind: 'social_search' },
  code_interpreter_calls: { kind: 'code_execution' },
  file_search_calls: { kind: 'file_search' },
  document_search_calls: { kind: 'attachment_search' },
  mcp_calls: null,
}

/** Reads what responses bill for tools: from the provider's own counts, or else from the calls in the output. */
export function responsesUnits(body: object, { usage, source }: { readonly usage: object; readonly source: string }): readonly UsageUnit[] {
  const xaiCounts = readObject(usage, 'server_side_tool_usage_details')
  if (xaiCounts)
    return namedUnits(source, xaiCounts, name => (Object.hasOwn(XAI_TOOLS, name) ? (XAI_TOOLS[name] ?? null) : { kind: name.replace(/_calls$/, '') }))
  const calls = readList(body, 'output').filter(item => readField(item, 'status') !== 'failed')
  const ofType = (type: string) => calls.filter(call => readField(call, 'type') === type)
  const counted = readField(readObject(readObject(body, 'tool_usage'), 'web_search'), 'num_requests')
  const containers = new Set(calls.flatMap(call => readText(call, 'container_id') ?? readText(readField(call, 'environment'), 'container_id') ?? []))
  return [
    ...units(source, { kind: 'web_search', quantity: counted ?? ofType('web_search_call').filter(isSearch).length, variant: searchVariant(body) }),
    ...units(source, { kind: 'file_search', quantity: ofType('file_search_call').length }),
    ...units(source, { kind: 'session', quantity: containers.size, variant: containerMemory(body) }),
    // xAI runs code without a container, and searches X.
    ...units(source, { kind: 'code_execution', quantity: ofType('code_interpreter_call').filter(call => readText(call, 'container_id') === undefined).length }),
    ...units(source, { kind: 'social_search', quantity: ofType('x_search_call').length }),
    ...(imageToolUsage(body)
      ? []
      : ofType('image_generation_call').flatMap(call => units(source, { kind: 'image', quantity: 1, variant: imageVariant(call) }))),
  ]
}

/** Opening a page and finding text in it are not billed. Older calls do not name their action; they are searches. */
function isSearch(call: unknown): boolean {
  const action = readText(readField(call, 'action'), 'type')
  return action === undefined || action === 'search'
}

/** Containers with more than the smallest memory have prices of their own. */
function containerMemory(body: object): string | undefined {
  const containers = readList(body, 'tools').map(tool => readField(tool, 'container') ?? readField(tool, 'environment'))
  const memory = containers.map(container => readText(container, 'memory_limit')).find(limit => limit !== undefined)
  return memory === '1g' ? undefined : memory
}

/** The preview of the tool has prices of its own. */
function searchVariant(body: object): string | undefined {
  return readList(body, 'tools').some(tool => readText(tool, 'type')?.startsWith('web_search_preview')) ? 'preview' : undefined
}
