/** Calls about files. */
import { queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

import type { Prepared } from './prepare';

export type MediaFile = components['schemas']['MediaFile'];

/** An address lives five minutes: it is asked for again a minute before. */
const FRESH_MS = 4 * 60_000;

/** A file with an address under which it can be read. */
export function mediaQuery({ client }: Api, id: string) {
  return queryOptions({
    queryKey: ['media', id] as const,
    queryFn: async ({ signal }) => bodyOf(await client.GET('/v1/media/{id}', { params: { path: { id } }, signal })),
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
    // Another address of the same file would load it once more; it is read again when this one has run out.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Asks for another attempt to get a customer's file. */
export async function retryMedia({ client }: Api, id: string): Promise<MediaFile> {
  return bodyOf(await client.POST('/v1/media/{id}/retry', { params: { path: { id } } }));
}

/** Announces a file, sends it to where files are kept, and has it looked at. `id` is the client's: again is the same file. */
export async function attachMedia(
  { client }: Api, id: string, file: Prepared, onProgress: (share: number) => void, signal: AbortSignal,
): Promise<MediaFile> {
  const expected = bodyOf(
    await client.POST('/v1/media', {
      params: { header: { 'Idempotency-Key': id } },
      body: { kind: file.kind, mime_type: file.mimeType, size: file.content.size, sha256: file.sha256, filename: file.filename },
      signal,
    }),
  );
  if (expected.upload == null) return expected.media;
  await put(expected.upload.url, expected.upload.headers, file.content, onProgress, signal);
  return bodyOf(await client.POST('/v1/media/{id}/complete', { params: { path: { id: expected.media.id } }, signal }));
}

/** The store did not take a file. */
export class UploadFailed extends TypeError {
  readonly status: number;

  constructor(status: number) {
    super(`the file was not taken (${status})`);
    this.name = 'UploadFailed';
    this.status = status;
  }
}

/** Sends bytes with progress, which `fetch` does not tell of. */
function put(url: string, headers: Readonly<Record<string, string>>, content: Blob, onProgress: (share: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(new UploadFailed(request.status))));
    request.addEventListener('error', () => reject(new UploadFailed(0)));
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    if (signal.aborted) return reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', abort);
    // The type is one of the signed headers; a blob's own would be set beside it.
    request.send(content.slice(0, content.size, ''));
  });
}
