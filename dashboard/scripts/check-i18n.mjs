// Fails when a text is missing in a language, differs in its placeholders, or is used by nobody.
// Keys that do not exist are compile errors already: the keys are typed from the English files.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => join(ROOT, 'src', name));
const source = files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.gen\.ts$|schema\.d\.ts$/.test(name)).map((name) => readFileSync(name, 'utf8')).join('\n');

/** @type {(texts: object, prefix?: string) => [string, string][]} */
const flatten = (texts, prefix = '') => Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`)));
const placeholders = (text) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort().join();
const PLURAL = /_(zero|one|two|few|many|other)$/;

// t('a.b'), titleKey: 'a.b', and templates: t(`state.${state}`) uses every key that begins with `state.`.
const literals = new Set([...source.matchAll(/'(?:\w+:)?([\w.]+)'/g)].map(([, key]) => key));
const templates = [...source.matchAll(/`(?:\w+:)?([\w.]*)\$\{[^}]+\}([\w.]*)`/g)].map(([, start, end]) => ({ start, end })).filter(({ start, end }) => start + end !== '');

const problems = [];
for (const english of files.filter((name) => name.endsWith('/locales/en.json'))) {
  const expected = new Map(flatten(JSON.parse(readFileSync(english, 'utf8'))));
  for (const other of readdirSync(dirname(english)).filter((name) => name.endsWith('.json') && name !== 'en.json')) {
    const path = join(dirname(english), other);
    const found = new Map(flatten(JSON.parse(readFileSync(path, 'utf8'))));
    const place = relative(ROOT, path);
    for (const [key, text] of expected) {
      if (!found.has(key)) problems.push(`${place}: ${key} is missing`);
      else if (found.get(key).trim() === '') problems.push(`${place}: ${key} is empty`);
      else if (placeholders(text) !== placeholders(found.get(key))) problems.push(`${place}: ${key} has other placeholders than English`);
    }
    for (const key of found.keys()) if (!expected.has(key)) problems.push(`${place}: ${key} does not exist in English`);
  }
  for (const key of expected.keys()) {
    const base = key.replace(PLURAL, '');
    const isUsed = literals.has(base) || templates.some(({ start, end }) => base.startsWith(start) && base.endsWith(end));
    if (!isUsed) problems.push(`${relative(ROOT, english)}: ${key} is used by nobody`);
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log('Texts: every key is there in every language, and used.');
