/** Makes a chosen file ready to be sent: its kind, a type WhatsApp takes, a size it takes, and its checksum. */
import { FileRefused } from './refused';
import { kindOf, LARGEST, typeOf, type FileKind } from './rules';

export interface Prepared {
  readonly content: Blob;
  readonly kind: FileKind;
  readonly mimeType: string;
  readonly filename: string;
  readonly sha256: string;
  /** Whether it plays as a voice note. */
  readonly voice: boolean;
}

/** The longest side of a picture that is made smaller, in pixels; WhatsApp shows no more. */
const SIDES_PX = [2560, 1920, 1280, 960] as const;
const JPEG_QUALITY = 0.85;

/** Prepares a file. Throws `FileRefused` when it cannot go. */
export async function prepare(file: File): Promise<Prepared> {
  if (file.size === 0) throw new FileRefused('empty', file.name);
  const type = typeOf(file.type, file.name);
  if (type.startsWith('image/') && !(await isPlainPicture(file, type))) {
    const content = await asJpeg(file);
    return finish(content, 'image', 'image/jpeg', `${file.name.replace(/\.[^.]*$/, '')}.jpg`, false);
  }
  const kind = kindOf(type);
  if (kind === null) throw new FileRefused('type', file.name);
  if (file.size > LARGEST[kind]) throw new FileRefused('size', file.name, kind);
  return finish(file, kind, type === 'audio/ogg' ? 'audio/ogg; codecs=opus' : type, file.name, false);
}

/** Prepares a recording of the microphone. */
export async function prepareVoice(content: Blob, voice: boolean): Promise<Prepared> {
  const mimeType = voice ? 'audio/ogg; codecs=opus' : 'audio/mp4';
  if (content.size === 0) throw new FileRefused('empty', '');
  if (content.size > LARGEST.audio) throw new FileRefused('size', '', 'audio');
  return finish(content, 'audio', mimeType, voice ? 'voice.ogg' : 'voice.m4a', voice);
}

async function finish(content: Blob, kind: FileKind, mimeType: string, filename: string, voice: boolean): Promise<Prepared> {
  return { content, kind, mimeType, filename: filename.slice(-200), sha256: await sha256(content), voice };
}

/** SHA-256 of a blob, in hexadecimal digits. */
export async function sha256(content: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(await content.arrayBuffer()));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether WhatsApp takes a picture as it is: small enough, and a PNG has eight bits of red, green and blue. */
async function isPlainPicture(file: File, type: string): Promise<boolean> {
  if (file.size > LARGEST.image) return false;
  if (type === 'image/jpeg') return true;
  if (type !== 'image/png') return false;
  const head = new Uint8Array(await file.slice(0, 26).arrayBuffer());
  return head[24] === 8 && (head[25] === 2 || head[25] === 6);
}

/** Any picture the browser can read, as a JPEG that is small enough. */
async function asJpeg(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new FileRefused('picture', file.name);
  });
  try {
    for (const side of SIDES_PX) {
      const content = await drawn(picture, side);
      if (content !== null && content.size <= LARGEST.image) return content;
    }
  } finally {
    picture.close();
  }
  throw new FileRefused('size', file.name, 'image');
}

function drawn(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return Promise.resolve(null);
  // JPEG has no transparency: what was clear is white, as on paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
}
