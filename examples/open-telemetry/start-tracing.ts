import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node'

/** Where traces are sent, and how. */
export interface TracingOptions {
  /** URL of Tollgate, such as "http://localhost:4000". */
  readonly url: string
  /** API key with the scope "usage:write". */
  readonly key: string
  readonly protocol?: 'http/protobuf' | 'http/json'
}

/** Sends the spans of this program to Tollgate, which meters those that call a model. */
export function startTracing({ url, key, protocol = 'http/protobuf' }: TracingOptions): NodeTracerProvider {
  const options = { url: `${url}/v1/traces`, headers: { authorization: `Bearer ${key}` }, compression: CompressionAlgorithm.GZIP }
  const exporter: SpanExporter = protocol === 'http/json' ? new JsonExporter(options) : new ProtobufExporter(options)
  return new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'support-chat', 'deployment.environment.name': 'production' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
}
