/** A broker inside this process, so that a demo needs nothing. MQTT 3.1.1 only; real brokers are reached by URL. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { BrokerOptions } from '@edgebeat/wire';
import { Aedes } from 'aedes';

export interface EmbeddedBroker {
  /** How to reach it, from this machine only. */
  readonly address: BrokerOptions;
  close(): Promise<void>;
}

/** Starts a broker on a free port of the loopback interface. */
export async function startEmbeddedBroker(): Promise<EmbeddedBroker> {
  const broker = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    // Frames are small and late ones are worthless: no waiting for more to send.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: { url: `mqtt://127.0.0.1:${port}`, protocolVersion: 4 },
    async close() {
      await new Promise<void>((resolve) => broker.close(resolve));
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
