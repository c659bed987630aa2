import type { FileKind } from './rules';

export type RefusalCode = 'type' | 'size' | 'empty' | 'picture';

/** A file that cannot be sent, and why. */
export class FileRefused extends Error {
  readonly code: RefusalCode;
  readonly filename: string;
  readonly kind: FileKind | null;

  constructor(code: RefusalCode, filename: string, kind: FileKind | null = null) {
    super(`a file is refused: ${code}`);
    this.name = 'FileRefused';
    this.code = code;
    this.filename = filename;
    this.kind = kind;
  }
}
