// Files as the mock keeps them: in memory, sent to and read from an address of its own as the object store's would be.
import { createHash, randomUUID } from 'node:crypto';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgkhQGAADkAJO9OEDyAAAAAElFTkSuQmCC', 'base64');

/** A file of a message as the API shows it. */
export function fileOf(kind, more = {}) {
  const types = { image: 'image/png', audio: 'audio/ogg; codecs=opus', video: 'video/mp4', document: 'application/pdf', sticker: 'image/webp' };
  return {
    id: randomUUID(), kind, mime_type: types[kind], filename: null, size: 48_213, voice: kind === 'audio', state: 'stored', reason: null, retry_at: null, may_retry: false,
    ...more,
  };
}

/** All files, with the routes that deal in them. */
export function newFiles(origin) {
  const kept = new Map();
  const addressOf = (id) => `${origin}/files/${id}?signature=mock`;

  return {
    find: (id) => kept.get(id)?.file,
    /** `/v1/media…`; null when the path is another. */
    routes(request, path, body) {
      if (path === '/v1/media' && request.method === 'POST') {
        const id = request.headers['idempotency-key'];
        const file = fileOf(body.kind, { id, mime_type: body.mime_type, filename: body.filename ?? null, size: body.size, voice: body.mime_type.startsWith('audio/ogg'), state: 'expected' });
        kept.set(id, { file, sha256: body.sha256, content: null });
        return [201, { media: file, upload: { url: addressOf(id), headers: { 'content-type': body.mime_type }, expires_at: new Date(Date.now() + 900_000).toISOString() } }];
      }
      const [, id, verb] = /^\/v1\/media\/([^/]+)\/?(.*)$/.exec(path) ?? [];
      if (id === undefined) return null;
      const found = kept.get(id) ?? { file: fileOf('image', { id }), content: PIXEL };
      kept.set(id, found);
      if (verb === 'complete') found.file.state = 'stored';
      if (verb === 'retry') return [202, { ...found.file, state: 'pending', may_retry: true }];
      if (verb !== '') return [200, found.file];
      const stored = found.file.state === 'stored';
      return [200, { media: found.file, url: stored ? addressOf(id) : null, expires_at: stored ? new Date(Date.now() + 300_000).toISOString() : null }];
    },
    /** The object store's own address. */
    store(request, id, response, chunks) {
      const found = kept.get(id);
      if (request.method === 'PUT') {
        const content = Buffer.concat(chunks);
        const right = found !== undefined && createHash('sha256').update(content).digest('hex') === found.sha256;
        if (right) found.content = content;
        response.writeHead(right ? 200 : 400).end();
        return;
      }
      const content = found?.content ?? PIXEL;
      response.writeHead(200, { 'content-type': content === PIXEL ? 'image/png' : found.file.mime_type, 'cache-control': 'private, max-age=300' }).end(content);
    },
  };
}
