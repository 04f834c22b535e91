// Starts the built embedded sidecar as a process of its own for one test file, with components given as text, and stops it again.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const executable = resolve(dirname(fileURLToPath(import.meta.url)), '../../../artifacts/sidecar/resort-sidecar');

let chosen = process.pid * 83;

/** A port below the range of outgoing connections, which could take it between its choice and its use. */
export async function freePort() {
  for (;;) {
    const port = 12000 + ++chosen % 20000;
    const free = await new Promise(done => {
      const server = createServer().once('error', () => done(false));
      server.listen(port, '0.0.0.0', () => server.close(() => done(true)));
    });
    if (free) return port;
  }
}

/** Asks until the answer satisfies, at most `seconds`; the error says what was seen last. */
export async function until(what, ask, satisfied = Boolean, seconds = 15) {
  let last;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise(r => setTimeout(r, 20))) {
    try { last = await ask(); if (satisfied(last)) return last; } catch (error) { last = error.message; }
  }
  throw new Error(`${what}: not within ${seconds} s; last seen: ${JSON.stringify(last)}`);
}

export const component = (name, type, metadata = {}) => JSON.stringify({
  apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name },
  spec: { type, version: 'v1', metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
});

export class Sidecar {
  constructor(appId, components, { appPort, env = {} } = {}) { Object.assign(this, { appId, components, appPort, env }); }

  async start() {
    this.folder ??= mkdtempSync(join(tmpdir(), 'resort-js-'));
    const resources = join(this.folder, 'resources');
    mkdirSync(resources, { recursive: true });
    this.components.forEach((text, i) => writeFileSync(join(resources, `${i}.yaml`), text));
    this.httpPort ??= await freePort();
    this.grpcPort ??= await freePort();
    const flags = ['--app-id', this.appId, '--dapr-http-port', this.httpPort, '--dapr-grpc-port', this.grpcPort, '--enable-metrics=false', '--resources-path', resources,
      '--dapr-listen-addresses', '127.0.0.1', ...(this.appPort ? ['--app-port', this.appPort] : [])];
    this.process = spawn(executable, flags.map(String), { env: { ...process.env, ...this.env, DATA_DIR: join(this.folder, 'data') }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.log = '';
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', text => { this.log += text; });
    this.exitCode = undefined;
    this.ended = new Promise(done => this.process.on('close', code => { this.exitCode = code; done(code); }));
    const path = this.appPort ? 'healthz' : 'healthz/outbound';
    await until(`the sidecar of ${this.appId} is ready`, async () => (await fetch(`http://127.0.0.1:${this.httpPort}/v1.0/${path}`)).status, status => status === 204);
  }

  async kill(signal = 'SIGTERM') {
    this.process.kill(signal);
    return this.ended;
  }

  async stop() {
    if (this.process && this.exitCode === undefined) await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
