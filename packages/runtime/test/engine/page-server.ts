/** A local web server for browser tests: the sources of this repository as a browser wants them, packages, a page. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
};

/** What bundlers resolve, for a page without one: the entries that packages have for browsers. */
const imports = {
  '@bufbuild/protobuf': '/node_modules/@bufbuild/protobuf/dist/esm/index.js',
  '@bufbuild/protobuf/codegenv2': '/node_modules/@bufbuild/protobuf/dist/esm/codegenv2/index.js',
  '@edgebeat/graph': '/packages/graph/src/index.js',
  valibot: '/node_modules/valibot/dist/index.mjs',
  'onnxruntime-web/wasm': '/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs',
};

/** Packages whose files for browsers make one global: here they are modules that export it. */
const umd: Readonly<Record<string, { file: string; global: string }>> = {
  '@tensorflow/tfjs-core': { file: 'tfjs-core/dist/tf-core.min.js', global: 'tf' },
  '@tensorflow/tfjs-converter': { file: 'tfjs-converter/dist/tf-converter.min.js', global: 'tf' },
  '@tensorflow/tfjs-backend-wasm': { file: 'tfjs-backend-wasm/dist/tf-backend-wasm.min.js', global: 'tf.wasm' },
};

const page = `<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: { ...imports, ...Object.fromEntries(Object.keys(umd).map((name) => [name, `/umd/${name}.js`])) } })}</script>`;

export interface PageServer {
  readonly origin: string;
  /** Paths asked for so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Serves `/` (the page), `/packages/**` (TypeScript as JavaScript), `/node_modules/**`, `/wasm/**` for onnxruntime's, and `/files/**`
 * as stated. */
export async function startPageServer(files: ReadonlyMap<string, Uint8Array> = new Map()): Promise<PageServer> {
  const requests: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(path);
    try {
      const file = files.get(path.replace(/^\/files\//, ''));
      const [type, body] = file
        ? ['application/octet-stream', file]
        : path === '/'
          ? ['text/html', page]
          : await content(path);
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch (error) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function content(path: string): Promise<[string, string | Uint8Array]> {
  const bundle = umd[path.replace(/^\/umd\/(.*)\.js$/, '$1')];
  if (bundle) {
    const source = `import '/node_modules/@tensorflow/${bundle.file}'; export default globalThis.${bundle.global};`;
    return ['text/javascript', source];
  }
  const type = contentTypes[extname(path)] ?? 'text/plain';
  if (/^\/packages\/[a-z-]+\/src\/.*\.js$/.test(path)) {
    const source = await readFile(`${root}${path.replace(/\.js$/, '.ts')}`, 'utf8');
    const { code } = await transform(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    return [type, code];
  }
  return [type, await readFile(`${root}${path.replace(/^\/wasm\//, '/node_modules/onnxruntime-web/dist/')}`)];
}
