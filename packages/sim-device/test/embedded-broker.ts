/** A real MQTT 3.1.1 broker inside the test's process, which can be stopped and started again on its port. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { parseTopic } from '@edgebeat/wire';
import { Aedes, type AedesOptions } from 'aedes';

export class EmbeddedBroker {
  /** Frames as the broker took them, by device; over restarts. */
  readonly frames = new Map<string, Uint8Array[]>();
  /** Statuses as the broker took or, for last wills, published them, by device. */
  readonly states = new Map<string, string[]>();
  readonly #options: AedesOptions;
  #port = 0;
  #stop: (() => Promise<void>) | undefined;

  constructor(options: AedesOptions = {}) {
    this.#options = options;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const broker = await Aedes.createBroker(this.#options);
    broker.on('publish', ({ topic, payload }) => {
      if (topic.startsWith('edgebeat/')) this.#note(topic, payload as Uint8Array);
    });
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      broker.handle(socket);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#stop = async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    };
  }

  /** As abrupt as a broker that crashes. */
  async stop(): Promise<void> {
    await this.#stop?.();
    this.#stop = undefined;
  }

  #note(topic: string, payload: Uint8Array): void {
    const { device, kind } = parseTopic(topic);
    if (kind === 'ecg') append(this.frames, device, Uint8Array.from(payload));
    else append(this.states, device, JSON.parse(Buffer.from(payload).toString('utf8')).state);
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
