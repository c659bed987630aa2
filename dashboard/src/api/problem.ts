/** What went wrong with a call, in the shape the screens show: a reason, what to do, and an id for support. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field: string | null;
  readonly requestId: string | null;

  constructor(status: number, content: unknown, requestId: string | null) {
    const fields = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>;
    const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null);
    super(`${status} ${text('code') ?? 'unknown'}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = text('code') ?? 'unknown';
    this.title = text('title') ?? '';
    this.detail = text('detail') ?? '';
    this.field = text('field');
    this.requestId = text('request_id') ?? requestId;
  }
}

/** Whether a failed call may succeed when it is simply made again. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ApiError) return error.status >= 500 || error.status === 429 || error.status === 408;
  // Everything else that fetch throws is the network: no connection, a reset, or our own timeout.
  return true;
}

/** Whether the call never reached an answer. */
export function isNetworkFailure(error: unknown): boolean {
  return !(error instanceof ApiError);
}
