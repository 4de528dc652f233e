import { checkWrapperOptions } from './check-wrapper-options.ts'
import { readAiSdkUsage } from '@tollgate/tokens'
import { aiSdkProviderName } from './ai-sdk/ai-sdk-provider-name.ts'
import { type AiSdkPart, aiSdkStreamMeter, type ReportedUsage } from './ai-sdk/ai-sdk-stream-meter.ts'
import { usageOf } from './ai-sdk/usage-of.ts'
import { estimateRequestTokens, estimateTextTokens } from './estimate-tokens.ts'
import { type CallEstimate, type MeteredCall, startCall } from './metered-call.ts'
import { meterReadable } from './meter-stream.ts'
import { textOf } from './text-of.ts'
import type { WrapperOptions, WrapperTollgate } from './wrapper-options.ts'

/** A model of the AI SDK. */
interface AiSdkModel {
  readonly provider: string
  readonly modelId: string
}

/** Parameters of a call of a model. */
interface AiSdkParameters {
  readonly prompt?: unknown
  readonly tools?: unknown
  readonly responseFormat?: unknown
  readonly maxOutputTokens?: number | undefined
  readonly includeRawChunks?: boolean | undefined
  readonly abortSignal?: AbortSignal | undefined
  /** Texts to embed. */
  readonly values?: readonly unknown[]
  /** Images to edit. */
  readonly files?: unknown
}

/** The result of a call of a model. */
interface AiSdkResult {
  readonly usage?: unknown
  readonly providerMetadata?: unknown
  readonly content?: unknown
  readonly images?: readonly unknown[]
  readonly response?: { readonly modelId?: string; readonly body?: unknown } | undefined
}

/**
 * Middleware for `wrapLanguageModel`, `wrapEmbeddingModel` and `wrapImageModel` of the `ai` package. Its methods return what the
 * model returns.
 */
export interface TollgateMiddleware {
  readonly specificationVersion: 'v4'
  wrapGenerate<Result extends object>(call: { doGenerate(): PromiseLike<Result>; params: object; model: AiSdkModel }): Promise<Result>
  wrapStream<Result extends { readonly stream: ReadableStream }, Parameters extends object>(call: {
    doStream(): PromiseLike<Result>
    params: Parameters
    model: AiSdkModel & { doStream(parameters: Parameters): PromiseLike<Result> }
  }): Promise<Result>
  wrapEmbed<Result extends object>(call: { doEmbed(): PromiseLike<Result>; params: object; model: AiSdkModel }): Promise<Result>
}

/** Providers whose price depends on the requested name: it has the region or the maker, which the response leaves out. */
const NAMED_BY_CALLER = new Set(['aws', 'vercel'])

/**
 * Returns middleware for models of the AI SDK (`ai`) that records each call of the model: every step, every attempt, and every stream,
 * also if it is aborted. A call rejects with `QuotaExceeded` if the options reserve and there is no headroom.
 */
export function tollgateMiddleware(tollgate: WrapperTollgate, options: WrapperOptions = {}): TollgateMiddleware {
  checkWrapperOptions(options)
  const start = (model: AiSdkModel, operation: string): MeteredCall => startCall(tollgate, options, { provider: aiSdkProviderName(model.provider), operation })

  /** Reads usage that the AI SDK reports. */
  const readUsage = (call: MeteredCall, model: AiSdkModel, { usage, providerMetadata, own, served = model.modelId }: ReportedUsage) =>
    readAiSdkUsage({
      usage: own === undefined ? usage : { ...(usage as object | undefined), raw: own },
      providerMetadata,
      provider: model.provider,
      model: NAMED_BY_CALLER.has(call.provider) ? model.modelId : served,
    })

  async function run<Result extends object>(
    call: MeteredCall,
    {
      model,
      params,
      work,
      estimate,
    }: { model: AiSdkModel; params: AiSdkParameters; work: () => PromiseLike<Result>; estimate: (result: AiSdkResult) => CallEstimate },
  ): Promise<Result> {
    await call.prepare(requestOf(model, params))
    try {
      const result = await work()
      const known: AiSdkResult = result
      const { usage, providerMetadata, response } = known
      const reported = { usage, providerMetadata, own: usageOf(response?.body), served: response?.modelId }
      call.end({ usage: () => readUsage(call, model, reported), estimate: () => estimate(known) })
      return result
    } catch (error) {
      call.end({ error, aborted: params.abortSignal?.aborted === true })
      throw error
    }
  }

  return {
    specificationVersion: 'v4',
    wrapGenerate({ doGenerate, params, model }) {
      const parameters: AiSdkParameters = params
      const isImage = typeof parameters.prompt === 'string' || parameters.files !== undefined
      return run(start(model, isImage ? 'image_generation' : 'chat'), {
        model,
        params: parameters,
        work: doGenerate,
        estimate: result => (result.images === undefined ? estimateText(parameters, result) : imagesOf(result.images)),
      })
    },
    async wrapStream({ doStream, params, model }) {
      const call = start(model, 'chat')
      const parameters: AiSdkParameters = params
      const { abortSignal, includeRawChunks = false } = parameters
      await call.prepare(requestOf(model, parameters))
      try {
        const result = await (includeRawChunks ? doStream() : model.doStream({ ...params, includeRawChunks: true }))
        const meter = aiSdkStreamMeter(call, { hidesRaw: !includeRawChunks, readUsage: reported => readUsage(call, model, reported) })
        return { ...result, stream: meterReadable(result.stream as ReadableStream<AiSdkPart>, meter, abortSignal) }
      } catch (error) {
        call.end({ error, aborted: abortSignal?.aborted === true })
        throw error
      }
    },
    wrapEmbed({ doEmbed, params, model }) {
      return run(start(model, 'embeddings'), {
        model,
        params,
        work: doEmbed,
        estimate: () => ({ tokens: { input: estimateRequestTokens((params as AiSdkParameters).values) } }),
      })
    },
  }
}

function requestOf({ modelId }: AiSdkModel, { prompt, tools, responseFormat, values, files, maxOutputTokens }: AiSdkParameters) {
  return { model: modelId, maxOutputTokens, request: { prompt, tools, responseFormat, values, files } }
}

function estimateText({ prompt, tools, responseFormat }: AiSdkParameters, { content }: AiSdkResult): CallEstimate {
  return { tokens: { input: estimateRequestTokens({ prompt, tools, responseFormat }), output: Math.ceil(estimateTextTokens(textOf(content))) } }
}

/** Images are billed each. */
function imagesOf(images: readonly unknown[]): CallEstimate {
  return { units: [{ kind: 'image', quantity: String(images.length) }], exact: true }
}
