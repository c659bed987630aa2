import { describe, expect, it } from 'vitest';

import { prepare } from './prepare';
import { FileRefused, type RefusalCode } from './refused';
import { kindOf, LARGEST, typeOf } from './rules';

const png = (depth: number, colour: number): File => {
  const head = new Uint8Array(40);
  head.set([0x89, 0x50, 0x4e, 0x47]);
  head[24] = depth;
  head[25] = colour;
  return new File([head], 'shot.png', { type: 'image/png' });
};
const refusal = (file: File): Promise<RefusalCode | null> =>
  prepare(file).then(() => null, (error: unknown) => (error instanceof FileRefused ? error.code : Promise.reject(error)));

describe('prepare', () => {
  it('names a type as WhatsApp does, also where the system knows none', () => {
    expect(typeOf('', 'Bill.PDF')).toBe('application/pdf');
    expect(typeOf('audio/x-m4a', 'song.m4a')).toBe('audio/mp4');
    expect(typeOf('Audio/OGG; codecs=opus', 'voice')).toBe('audio/ogg');
    expect(kindOf('text/html')).toBeNull();
    expect(kindOf('video/3gpp')).toBe('video');
  });

  it('gives the checksum of the content', async () => {
    const ready = await prepare(new File(['bill'], 'bill.txt', { type: 'text/plain' }));
    expect(ready).toMatchObject({ kind: 'document', mimeType: 'text/plain', filename: 'bill.txt', voice: false });
    expect(ready.sha256).toBe('623210167553939c87ed8c5f2bfe0b3e0684e12c3a3dd2513613c4e67263b5a1');
  });

  it('refuses what WhatsApp does not take', async () => {
    expect(await refusal(new File([], 'empty.pdf', { type: 'application/pdf' }))).toBe('empty');
    expect(await refusal(new File(['x'], 'page.html', { type: 'text/html' }))).toBe('type');
    const large = new File([new Uint8Array(LARGEST.video + 1)], 'film.mp4', { type: 'video/mp4' });
    expect(await refusal(large)).toBe('size');
  });

  it('takes plain pictures as they are and redraws the others', async () => {
    expect(await prepare(png(8, 6))).toMatchObject({ kind: 'image', mimeType: 'image/png' });
    // There is no drawing here, so what would be drawn anew cannot be read.
    globalThis.createImageBitmap = () => Promise.reject(new DOMException('no picture'));
    expect(await refusal(png(16, 2))).toBe('picture');
    expect(await refusal(png(8, 3))).toBe('picture');
    expect(await refusal(new File(['x'], 'photo.heic', { type: 'image/heic' }))).toBe('picture');
  });
});
