import { describe, expect, it, vi } from 'vitest';

import { ApiError } from '@/api/problem';

import { uploadsOf } from '../fixtures';
import type { Prepared } from './prepare';

const file: Prepared = { content: new Blob(['photo']), kind: 'image', mimeType: 'image/jpeg', filename: 'photo.jpg', sha256: '00', voice: false };

describe('Uploads', () => {
  it('sends a file at once and tells how far it is', async () => {
    const world: { tell?: (share: number) => void; finish?: () => void } = {};
    const uploads = uploadsOf({
      send: (_, __, onProgress) => {
        world.tell = onProgress;
        return new Promise<void>((resolve) => {
          world.finish = resolve;
        });
      },
    });
    const { id, previewUrl } = uploads.start(file);
    expect(previewUrl).toBe('blob:preview');
    world.tell?.(0.5);
    expect(uploads.state(id)).toMatchObject({ state: 'sending', share: 0.5 });
    world.finish?.();
    await uploads.ready(id);
    expect(uploads.state(id)).toMatchObject({ state: 'done', share: 1 });
  });

  it('tries again by itself, under the same id', async () => {
    const ids: string[] = [];
    const uploads = uploadsOf({
      send: (id) => {
        ids.push(id);
        return ids.length < 3 ? Promise.reject(new TypeError('network')) : Promise.resolve();
      },
    });
    const { id } = uploads.start(file);
    await uploads.ready(id);
    expect(ids).toEqual([id, id, id]);
  });

  it('does not repeat what the server refused, until it is asked', async () => {
    const refusal = new ApiError(422, { code: 'invalid', detail: 'is empty' }, null);
    const send = vi.fn().mockRejectedValueOnce(refusal).mockResolvedValue(undefined);
    const uploads = uploadsOf({ send });
    const { id } = uploads.start(file);
    await vi.waitFor(() => expect(uploads.state(id)).toMatchObject({ state: 'failed', error: refusal }));
    expect(send).toHaveBeenCalledTimes(1);
    await uploads.ready(id);
    expect(uploads.state(id).state).toBe('done');
  });

  it('stops when the file is taken back', () => {
    const forgetPreview = vi.fn();
    let stopped = false;
    const uploads = uploadsOf({
      forgetPreview,
      send: (_, __, ___, signal) => {
        signal.addEventListener('abort', () => {
          stopped = true;
        });
        return new Promise(() => undefined);
      },
    });
    uploads.drop(uploads.start(file).id);
    expect(stopped).toBe(true);
    expect(forgetPreview).toHaveBeenCalledWith('blob:preview');
  });
});
