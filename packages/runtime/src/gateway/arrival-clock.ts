/**
 * Tells when a packet arrived: MQTT.js hands packets out one after the other, so that one may have waited behind the work
 * on those before it. Bytes are counted as they come from the socket and as packets are taken.
 */
import type { MqttClient } from 'mqtt';

interface Chunk {
  /** Bytes that had come when it was complete. */
  readonly end: number;
  readonly time: number;
}

export class ArrivalClock {
  private chunks: Chunk[] = [];
  private received = 0;
  private taken = 0;

  /** Watches a client from its next connection on. */
  constructor(client: MqttClient) {
    client.on('connect', () => {
      this.chunks = [];
      this.received = 0;
      this.taken = 0;
      // Before MQTT.js's own listener, which takes packets at once.
      client.stream.prependListener('data', (data: Uint8Array) => {
        this.received += data.length;
        this.chunks.push({ end: this.received, time: performance.now() });
      });
    });
    client.on('packetreceive', (packet) => {
      // The fixed header: type, and one byte of length for every 7 bits of it.
      const length = packet.length ?? 0;
      this.taken += 1 + Math.max(1, Math.ceil(Math.log2(length + 1) / 7)) + length;
    });
  }

  /** When the packet at hand had come in whole, in the time of `performance.now()`. */
  get arrival(): number {
    while (this.chunks.length > 1 && this.chunks[0]!.end < this.taken) this.chunks.shift();
    const [chunk] = this.chunks;
    // Bytes that came with the broker's welcome were not counted: from here on the counts agree.
    if (chunk === undefined || this.taken > this.received) {
      this.taken = this.received;
      return performance.now();
    }
    return chunk.time;
  }
}
