import { describeReadings } from '../../testing/describe-readings.ts'

/** All of these send the same body. */
const SERVERS = [
  'openai',
  'azure',
  'bedrock',
  'vertex',
  'google',
  'anthropic',
  'xai.responses',
  'openrouter',
  'github-copilot',
  'minimax',
  'cloudflare',
  'vercel',
]
const model = 'gpt-5.6-luna'
const response = (usage: object, more: object = {}) => ({ object: 'response', model, usage, ...more })
const usage = { input_tokens: 1_000, output_tokens: 100, total_tokens: 1_100 }
const tokens = { input: 1_000, output: 100 }

describeReadings('what responses bill besides tokens, and how they are served', [
  {
    name: 'bill web searches, but not opened pages, nor what was found in them, nor failed searches',
    source: 'OpenAI, Web search: search actions incur a tool call cost',
    providers: SERVERS,
    response: response(usage, {
      output: [
        { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'a' } },
        { type: 'web_search_call', status: 'completed', action: { type: 'search', queries: ['a', 'b'] } },
        { type: 'web_search_call', status: 'completed' },
        { type: 'web_search_call', status: 'completed', action: { type: 'open_page', url: 'https://example.com' } },
        { type: 'web_search_call', status: 'completed', action: { type: 'find_in_page', pattern: 'a' } },
        { type: 'web_search_call', status: 'failed', action: { type: 'search' } },
        { type: 'message' },
      ],
    }),
    tokens,
    units: ['web_search 3'],
  },
  {
    name: 'bill as many web searches as the provider counted',
    source: 'OpenAI API, Response: tool_usage.web_search.num_requests',
    providers: SERVERS,
    response: response(usage, { output: [{ type: 'web_search_call', action: { type: 'search' } }], tool_usage: { web_search: { num_requests: 2 } } }),
    tokens,
    units: ['web_search 2'],
  },
  {
    name: 'bill web searches of the earlier tool apart',
    source: 'OpenAI, Pricing: web search preview has prices of its own',
    providers: ['openai', 'azure'],
    response: response(usage, { tools: [{ type: 'web_search_preview_2025_03_11' }], output: [{ type: 'web_search_call', action: { type: 'search' } }] }),
    tokens,
    units: ['web_search/preview 1'],
  },
  {
    name: 'bill file searches',
    source: 'OpenAI, Pricing: file search tool call $2.50 per 1,000',
    providers: ['openai', 'azure'],
    response: response(usage, { output: [{ type: 'file_search_call' }, { type: 'file_search_call' }] }),
    tokens,
    units: ['file_search 2'],
  },
  {
    name: 'bill a session for each container that ran code, by its memory',
    source: 'OpenAI, Pricing: containers, 1 GB by default',
    providers: ['openai', 'azure'],
    response: response(usage, {
      tools: [{ type: 'code_interpreter', container: { type: 'auto', memory_limit: '4g' } }],
      output: [
        { type: 'code_interpreter_call', container_id: 'cntr_1' },
        { type: 'code_interpreter_call', container_id: 'cntr_1' },
        { type: 'shell_call', environment: { type: 'container_reference', container_id: 'cntr_2' } },
        { type: 'local_shell_call' },
      ],
    }),
    tokens,
    units: ['session/4g 2'],
  },
  {
    name: 'bill a session of a container with the smallest memory',
    source: 'OpenAI, Pricing: containers, 1 GB by default',
    providers: ['openai', 'azure'],
    response: response(usage, {
      tools: [{ type: 'code_interpreter', container: { type: 'auto', memory_limit: '1g' } }],
      output: [{ type: 'code_interpreter_call', container_id: 'cntr_1' }],
    }),
    tokens,
    units: ['session 1'],
  },
  {
    name: 'bill images of the image tool by their quality and size',
    source: 'OpenAI, Image generation tool: image_generation_call',
    providers: ['openai', 'azure'],
    response: response(usage, {
      output: [
        { type: 'image_generation_call', status: 'completed', quality: 'medium', size: '1024x1024' },
        { type: 'image_generation_call', status: 'completed', quality: 'auto', size: '1024x1024' },
      ],
    }),
    tokens,
    units: ['image/medium-1024x1024 1', 'image 1'],
  },
  {
    name: 'bill the tokens of the image model behind the image tool, if the response counts them',
    source: 'OpenAI API, Response: tool_usage.image_gen, which usage leaves out',
    providers: ['openai', 'azure'],
    response: response(usage, {
      tools: [{ type: 'image_generation', model: 'gpt-image-1.5' }],
      output: [{ type: 'image_generation_call', quality: 'medium', size: '1024x1024' }],
      tool_usage: {
        image_gen: {
          input_tokens: 40,
          input_tokens_details: { image_tokens: 30, text_tokens: 10 },
          output_tokens: 1_056,
          output_tokens_details: { image_tokens: 1_056, text_tokens: 0 },
          total_tokens: 1_096,
        },
        web_search: { num_requests: 0 },
      },
    }),
    tokens,
    attempts: [{ model: 'gpt-image-1.5', tokens: { input: 10, imageInput: 30, imageOutput: 1_056 } }],
  },
  {
    name: 'of xAI bill the tools that it counted, and say what the call cost',
    source: 'xAI, Tool usage details: server_side_tool_usage_details has successful calls. Remote MCP tools cost tokens only',
    providers: ['xai', 'xai.responses'],
    response: response(
      {
        ...usage,
        num_sources_used: 9,
        num_server_side_tools_used: 6,
        server_side_tool_usage_details: {
          web_search_calls: 2,
          x_search_calls: 1,
          code_interpreter_calls: 1,
          file_search_calls: 1,
          document_search_calls: 1,
          mcp_calls: 4,
          image_generation_calls: 1,
        },
        cost_in_usd_ticks: 123_456,
      },
      { output: [{ type: 'web_search_call', action: { type: 'search' } }] },
    ),
    tokens,
    units: ['web_search 2', 'social_search 1', 'code_execution 1', 'file_search 1', 'attachment_search 1', 'image_generation 1'],
    reportedCost: '0.0000123456',
  },
  {
    name: 'of xAI bill the tools in the output, if it did not count them',
    source: 'recorded responses of xAI',
    providers: ['xai'],
    response: response(usage, {
      output: [{ type: 'x_search_call', status: 'completed' }, { type: 'code_interpreter_call', status: 'completed' }, { type: 'web_search_call' }],
    }),
    tokens,
    units: ['web_search 1', 'code_execution 1', 'social_search 1'],
  },
  {
    name: 'are served by the tier of the response',
    source: 'OpenAI API, Response: service_tier is the processing mode that was used',
    providers: SERVERS,
    response: response(usage, { service_tier: 'flex' }),
    tokens,
    serviceTier: 'flex',
  },
  {
    name: 'of a batch are served by the batch tier',
    source: 'OpenAI, Batch: a line of the output is { id, custom_id, response: { status_code, body } }',
    providers: ['openai', 'azure'],
    response: { custom_id: 'a', response: { status_code: 200, body: response(usage, { service_tier: 'default' }) } },
    model,
    tokens,
    serviceTier: 'batch',
  },
  {
    name: 'say what the call cost',
    source: 'OpenRouter, Responses: usage.cost',
    providers: ['openrouter'],
    response: response({ ...usage, cost: 0.025265, is_byok: false }),
    tokens,
    reportedCost: '0.025265',
  },
])
