import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

describeReadings('images without a usage object', [
  {
    name: 'of Imagen are billed each',
    source: 'Vertex AI, Imagen: predictions[].bytesBase64Encoded',
    providers: ['vertex'],
    response: {
      predictions: [
        { mimeType: 'image/png', bytesBase64Encoded: 'aa' },
        { mimeType: 'image/png', bytesBase64Encoded: 'bb' },
      ],
    },
    units: ['image 2'],
  },
  {
    name: "of Imagen are billed each in Google's SDK",
    source: '@google/genai: generatedImages[].image',
    providers: ['google', 'vertex'],
    response: { generatedImages: [{ image: { imageBytes: 'aa' } }] },
    units: ['image 1'],
  },
  {
    name: 'of Titan, Nova and Stability are billed each',
    source: 'Amazon Bedrock, Titan Image Generator and Nova Canvas: images[] in base64',
    providers: ['bedrock'],
    response: { images: ['aa', 'bb', 'cc'], error: null },
    units: ['image 3'],
  },
  {
    name: 'of fal are billed by size',
    source: 'fal, FLUX: images[].url, width, height',
    providers: ['fal'],
    response: {
      images: [
        { url: 'https://example.com/1.png', width: 1024, height: 768 },
        { url: 'https://example.com/2.png', width: 1024, height: 768 },
      ],
    },
    units: ['image/1024x768 2'],
  },
])

it('no images are no usage', () => {
  expect(() => extractTokenUsage({ provider: 'vertex', response: { predictions: [], images: [] } })).toThrow(/no usage/)
})
