import { describeReadings } from '../../testing/describe-readings.ts'

const usage = { total_tokens: 1_079, input_tokens: 23, input_tokens_details: { image_tokens: 0, text_tokens: 23 }, output_tokens: 1_056 }
const tokens = { input: 23, imageOutput: 1_056 }

describeReadings('images', [
  {
    name: 'are image output, also if the response does not say so',
    source: 'OpenAI, Image generation: 1,056 tokens are one medium 1024x1024 image',
    providers: ['openai', 'azure', 'litellm_proxy'],
    response: { created: 1, data: [], usage },
    tokens,
  },
  {
    name: 'are image output, but for the text that the response counts',
    source: 'OpenAI API, Images: output_tokens_details',
    providers: ['openai', 'azure'],
    response: { created: 1, data: [{ b64_json: '' }], usage: { ...usage, output_tokens_details: { image_tokens: 1_000, text_tokens: 56 } } },
    tokens: { input: 23, imageOutput: 1_000, output: 56 },
  },
  {
    name: 'have images as input if they are edited',
    source: 'OpenAI API, Images: input_tokens_details',
    providers: ['openai', 'azure'],
    response: { created: 1, data: [{ b64_json: '' }], usage: { ...usage, input_tokens: 223, input_tokens_details: { image_tokens: 200, text_tokens: 23 } } },
    tokens: { input: 23, imageInput: 200, imageOutput: 1_056 },
  },
  {
    name: 'are recognised by the model',
    source: 'GPT Image has no output but images',
    providers: ['openai', 'azure'],
    response: { model: 'gpt-image-1.5', usage },
    tokens,
  },
  {
    name: 'are recognised by the API flavor',
    source: 'the caller says so',
    providers: ['openai', 'azure'],
    apiFlavor: 'images',
    response: { usage },
    tokens,
  },
  ...[{ usage }, usage, { data: [{}], usage }].map(response => ({
    name: `are recognised by the details of their input, if only this was kept: ${Object.keys(response).join(', ')}`,
    source: 'OpenAI API, Images: input_tokens_details has text_tokens and image_tokens; that of a response has cached_tokens',
    providers: ['openai', 'azure'],
    response,
    tokens,
  })),
  {
    name: 'are recognised by the event that ends their stream',
    source: 'OpenAI API, image_generation.completed and image_edit.completed',
    providers: ['openai', 'azure'],
    events: [
      { type: 'image_generation.partial_image', b64_json: '' },
      { type: 'image_generation.completed', b64_json: '', quality: 'medium', size: '1024x1024', usage },
      { type: 'image_edit.completed', b64_json: '', usage: { ...usage, input_tokens: 100, input_tokens_details: { image_tokens: 77, text_tokens: 23 } } },
    ],
    tokens: { input: 46, imageInput: 77, imageOutput: 2_112 },
  },
  {
    name: 'without tokens are billed each, by quality and size',
    source: 'OpenAI, Pricing: image generation per image',
    providers: ['openai', 'azure'],
    response: { created: 1, quality: 'high', size: '1024x1536', data: [{ b64_json: '' }, { b64_json: '' }] },
    units: ['image/high-1024x1536 2'],
  },
  {
    name: 'of an unknown quality are billed each',
    source: 'DALL·E, xAI and Together do not say more than the images',
    providers: ['openai', 'xai', 'together'],
    response: { created: 1, data: [{ url: 'https://example.com/1.png' }] },
    units: ['image 1'],
  },
  {
    name: 'of xAI say what they cost',
    source: 'xAI, Cost tracking: an image with 200,000,000 ticks cost $0.02',
    providers: ['xai'],
    response: { model: 'grok-imagine-image', data: [{ url: 'https://example.com/1.png' }], usage: { cost_in_usd_ticks: 200_000_000 } },
    units: ['image 1'],
    reportedCost: '0.02',
  },
])
