/** A message that carries a file, as the API takes it. */
import type { components } from '@/api/schema';

import type { Attachment } from './uploads';

type NewMessage = components['schemas']['NewMessage'];

/** The message of a file that the server has, with the words under it. */
export function bodyOfFile({ id, file }: Attachment, text: string): NewMessage {
  const caption = text === '' ? {} : { caption: text };
  switch (file.kind) {
    case 'image':
      return { image: { media: id, ...caption } };
    case 'video':
      return { video: { media: id, ...caption } };
    case 'document':
      return { document: { media: id, filename: file.filename, ...caption } };
    case 'audio':
      return { audio: { media: id, voice: file.voice } };
    case 'sticker':
      return { sticker: { media: id } };
  }
}
