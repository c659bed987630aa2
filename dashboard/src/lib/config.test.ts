import { expect, it } from 'vitest';

import { parseRuntimeConfig } from './config';

it('reads the file, with defaults for what is left out', () => {
  expect(parseRuntimeConfig({})).toEqual({ apiBase: '', websocketUrl: null, stage: 'unknown' });
  expect(parseRuntimeConfig({ api_base: 'https://api.example/', websocket_url: 'wss://ws.example', stage: 'dev' }))
    .toEqual({ apiBase: 'https://api.example', websocketUrl: 'wss://ws.example', stage: 'dev' });
});

it('does not double the version the paths begin with', () => {
  expect(parseRuntimeConfig({ api_base: '/v1' }).apiBase).toBe('');
});

it('names the field that is wrong', () => {
  expect(() => parseRuntimeConfig({ stage: 4 })).toThrow('stage must be text');
  expect(() => parseRuntimeConfig('<!doctype html>')).toThrow('not an object');
});
