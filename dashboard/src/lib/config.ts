/** Addresses and stage of the place this build runs in; written at deploy time, so one build serves every stage. */
export interface RuntimeConfig {
  /** Put before every API path; empty when the API shares this origin. */
  readonly apiBase: string;
  /** Replaces the address the realtime ticket names. */
  readonly websocketUrl: string | null;
  readonly stage: string;
}

const LOAD_TIMEOUT_MS = 10_000;

/** Reads `/runtime-config.json`. Throws when it is missing or is not what this build understands. */
export async function loadRuntimeConfig(): Promise<RuntimeConfig> {
  const response = await fetch('/runtime-config.json', { signal: AbortSignal.timeout(LOAD_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`runtime-config.json answered ${response.status}`);
  return parseRuntimeConfig(await response.json());
}

/** Turns the file's content into a `RuntimeConfig`, naming the field that is wrong. */
export function parseRuntimeConfig(content: unknown): RuntimeConfig {
  if (typeof content !== 'object' || content === null) throw new Error('runtime-config.json is not an object');
  const fields = content as Record<string, unknown>;
  const text = (name: string, fallback: string): string => {
    const value = fields[name] ?? fallback;
    if (typeof value !== 'string') throw new Error(`runtime-config.json: ${name} must be text`);
    return value;
  };
  const websocketUrl = text('websocket_url', '');
  return {
    // The paths of the API document start with /v1 already; a base that repeats it would double it.
    apiBase: text('api_base', '').replace(/\/v1\/?$/, '').replace(/\/$/, ''),
    websocketUrl: websocketUrl === '' ? null : websocketUrl,
    stage: text('stage', 'unknown'),
  };
}
