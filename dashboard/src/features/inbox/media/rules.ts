/** What WhatsApp takes as which kind, so that a file that cannot go is refused before it is sent anywhere. The server judges again. */
import type { components } from '@/api/schema';

export type FileKind = components['schemas']['FileKind'];

const KIB = 1024;
const MIB = 1024 * KIB;

/** The largest file of each kind, in bytes. */
export const LARGEST: Readonly<Record<FileKind, number>> = {
  image: 5 * MIB, audio: 16 * MIB, video: 16 * MIB, document: 100 * MIB, sticker: 500 * KIB,
};

/** What the file chooser offers. Other pictures are turned into JPEG here. */
export const CHOOSABLE = [
  'image/*', 'video/mp4', 'video/3gpp', 'audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg',
  '.pdf', '.txt', '.doc', '.docx', '.xls', '.xlsx', '.ppt', '.pptx', '.m4a', '.mp3', '.opus',
].join(',');

/** How many files go out at a time. */
export const FILES_AT_ONCE = 10;

const OFFICE = 'application/vnd.openxmlformats-officedocument';
/** Browsers name a type by the system's own table, which on some machines is empty. */
const BY_ENDING: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', heic: 'image/heic', webp: 'image/webp', mp4: 'video/mp4', '3gp': 'video/3gpp',
  aac: 'audio/aac', amr: 'audio/amr', mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', oga: 'audio/ogg', opus: 'audio/ogg',
  pdf: 'application/pdf', txt: 'text/plain', doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint',
  docx: `${OFFICE}.wordprocessingml.document`, xlsx: `${OFFICE}.spreadsheetml.sheet`, pptx: `${OFFICE}.presentationml.presentation`,
};
/** Other spellings of types WhatsApp takes. */
const SAME: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg', 'audio/x-m4a': 'audio/mp4', 'audio/m4a': 'audio/mp4', 'audio/mp3': 'audio/mpeg', 'audio/x-aac': 'audio/aac',
  'audio/vnd.dlna.adts': 'audio/aac', 'audio/opus': 'audio/ogg', 'video/ogg': 'audio/ogg', 'application/ogg': 'audio/ogg', 'video/x-m4v': 'video/mp4',
};
const KINDS: Readonly<Record<string, FileKind>> = {
  'image/jpeg': 'image', 'image/png': 'image', 'video/mp4': 'video', 'video/3gpp': 'video', 'audio/aac': 'audio', 'audio/amr': 'audio',
  'audio/mpeg': 'audio', 'audio/mp4': 'audio', 'audio/ogg': 'audio', 'application/pdf': 'document', 'text/plain': 'document',
  'application/msword': 'document', 'application/vnd.ms-excel': 'document', 'application/vnd.ms-powerpoint': 'document',
  [`${OFFICE}.wordprocessingml.document`]: 'document', [`${OFFICE}.spreadsheetml.sheet`]: 'document', [`${OFFICE}.presentationml.presentation`]: 'document',
};

/** Type and subtype of a file, without parameters and in the spelling WhatsApp knows. */
export function typeOf(type: string, name: string): string {
  const essence = (type.split(';')[0] ?? '').trim().toLowerCase();
  const named = essence === '' || essence === 'application/octet-stream' ? (BY_ENDING[name.split('.').pop()?.toLowerCase() ?? ''] ?? essence) : essence;
  return SAME[named] ?? named;
}

/** What a file of this type is in a message; nothing when WhatsApp does not take it. */
export function kindOf(type: string): FileKind | null {
  return KINDS[type] ?? null;
}

/** Whether a kind can have words under it. */
export function takesCaption(kind: FileKind): boolean {
  return kind === 'image' || kind === 'video' || kind === 'document';
}
