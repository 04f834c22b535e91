// The fields of Dapr's custom resources, as its CRDs have them (1.18): what is not optional here is `required` there.

interface Metadata { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
interface Resource<Kind extends string> { apiVersion: 'dapr.io/v1alpha1'; kind: Kind; metadata: Metadata }
interface SecretKeyRef { name: string; key?: string }
interface NamedValue { name: string; value?: string | number | boolean; secretKeyRef?: SecretKeyRef; envRef?: string }

export interface Component extends Resource<'Component'> {
  spec: { type: string; version: string; ignoreErrors?: boolean; initTimeout?: string; metadata: NamedValue[] };
  auth?: { secretStore: string };
  scopes?: string[];
}

export interface Subscription extends Resource<'Subscription'> {
  spec: {
    pubsubname: string; topic: string; route: string; deadLetterTopic?: string; metadata?: Record<string, string>;
    bulkSubscribe?: { enabled: boolean; maxMessagesCount?: number; maxAwaitDurationMs?: number };
  };
  scopes?: string[];
}

interface PolicyNames { timeout?: string; retry?: string; circuitBreaker?: string }
export interface Resiliency extends Resource<'Resiliency'> {
  spec: {
    policies: {
      timeouts?: Record<string, string>;
      retries?: Record<string, {
        policy?: 'constant' | 'exponential'; duration?: string; maxInterval?: string; maxRetries?: number;
        matching?: { httpStatusCodes?: string; gRPCStatusCodes?: string };
      }>;
      circuitBreakers?: Record<string, { maxRequests?: number; interval?: string; timeout?: string; trip?: string }>;
    };
    targets: {
      apps?: Record<string, PolicyNames & { circuitBreakerCacheSize?: number }>;
      actors?: Record<string, PolicyNames & { circuitBreakerCacheSize?: number; circuitBreakerScope?: 'type' | 'id' | 'both' }>;
      components?: Record<string, { inbound?: PolicyNames; outbound?: PolicyNames }>;
    };
  };
  scopes?: string[];
}

type Action = 'allow' | 'deny';
interface Metrics {
  enabled: boolean; recordErrorCodes?: boolean; latencyDistributionBuckets?: number[];
  http?: { increasedCardinality?: boolean; pathMatching?: string[]; excludeVerbs?: boolean };
  rules?: { name: string; labels: { name: string; regex: Record<string, string> }[] }[];
  workflow?: { latencyDistributionBuckets?: number[] };
}
interface Pipeline { handlers: { name: string; type: string; selector?: { fields: { field: string; value: string }[] } }[] }
interface ApiRule { name: string; version: string; protocol?: 'http' | 'grpc' }
export interface Configuration extends Resource<'Configuration'> {
  spec: {
    accessControl?: {
      defaultAction?: Action; trustDomain?: string;
      policies?: {
        appId: string; trustDomain?: string; namespace?: string; defaultAction?: Action;
        operations?: { name: string; httpVerb?: string[]; action: Action }[];
      }[];
    };
    api?: { allowed?: ApiRule[]; denied?: ApiRule[] };
    appHttpPipeline?: Pipeline;
    httpPipeline?: Pipeline;
    components?: { deny?: string[] };
    features?: { name: string; enabled: boolean }[];
    logging?: { apiLogging?: { enabled?: boolean; obfuscateURLs?: boolean; omitHealthChecks?: boolean } };
    metric?: Metrics;
    metrics?: Metrics;
    mtls?: { enabled: boolean; controlPlaneTrustDomain: string; sentryAddress: string; workloadCertTTL?: string; allowedClockSkew?: string };
    nameResolution?: { component: string; version: string; configuration: object };
    secrets?: { scopes: { storeName: string; defaultAccess?: Action; allowedSecrets?: string[]; deniedSecrets?: string[] }[] };
    tracing?: {
      samplingRate: string; stdout?: boolean; zipkin?: { endpointAddress: string };
      otel?: { endpointAddress: string; isSecure: boolean; protocol: 'http' | 'grpc'; headers?: NamedValue[]; timeout?: string };
    };
    wasm?: { strictSandbox?: boolean };
    workflow?: {
      maxConcurrentWorkflowInvocations?: number; maxConcurrentActivityInvocations?: number;
      globalMaxConcurrentWorkflowInvocations?: number; globalMaxConcurrentActivityInvocations?: number;
      stateRetentionPolicy?: { anyTerminal?: string; completed?: string; failed?: string; terminated?: string };
    };
  };
}
