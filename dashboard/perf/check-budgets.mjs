// Adds up what a browser loads, from the build's manifest, and fails when it is more than perf/budgets.json allows.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const budgets = JSON.parse(readFileSync(join(ROOT, 'perf/budgets.json'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(ROOT, 'dist/.vite/manifest.json'), 'utf8'));

/** The key of a source file's chunk: a split route is in the manifest with a query behind its name. */
function chunksOf(source) {
  const found = Object.keys(manifest).filter((key) => key === source || key.startsWith(`${source}?`));
  if (found.length === 0) throw new Error(`${source} is not in the manifest: correct perf/budgets.json`);
  return found;
}

/** Everything a chunk needs at once: its file, its styles, and what it imports. */
function filesOf(key, files = new Set()) {
  const chunk = manifest[key];
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const imported of chunk.imports ?? []) filesOf(imported, files);
  return files;
}

const kib = (files) => [...files].reduce((total, file) => total + gzipSync(readFileSync(join(ROOT, 'dist', file)), { level: 9 }).length, 0) / 1024;
const failures = [];
function check(name, size, allowed) {
  console.log(`${name}: ${size.toFixed(1)} KiB of ${allowed} KiB`);
  if (size > allowed) failures.push(name);
}

const first = new Set();
const { entries, texts, gzip_kib_max: firstMax } = budgets.first_load;
for (const source of [...entries, ...texts]) for (const key of chunksOf(source)) filesOf(key, first);
check('First load, log-in to inbox', kib(first), firstMax);

for (const key of Object.keys(manifest).filter((name) => name.startsWith('src/routes/') && !entries.includes(name.split('?')[0]))) {
  const added = [...filesOf(key)].filter((file) => !first.has(file));
  check(`Further ${key.split('?')[0]}`, kib(added), budgets.further_route.gzip_kib_max);
}
if (failures.length > 0) {
  console.error(`Over budget: ${failures.join(', ')}`);
  process.exit(1);
}
