// `npm start` serves the page under every host name of this machine in its network.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** @type {import('vite').PreviewServer} */
let server;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ska-preview-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
  const configFile = fileURLToPath(new URL('../../vite.config.js', import.meta.url));
  server = await preview({
    configFile,
    logLevel: 'silent',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it.each(['localhost', 'mymachine.local', 'lab-pc', 'lab-pc.physics.example.edu', '192.168.1.7', '[fe80::1]'])(
  'by the name %s',
  async (name) => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.httpServer.address());
    const { status, text } = await new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, headers: { host: `${name}:${port}` } }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (data) => (body += data));
        response.on('end', () => resolve({ status: response.statusCode, text: body }));
      });
      asked.on('error', reject).end();
    });
    expect({ status, text }).toEqual({ status: 200, text: 'the page' });
  },
);
