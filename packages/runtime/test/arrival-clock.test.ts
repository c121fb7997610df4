/** Arrival times of packets, held against a client whose socket and whose handling are in the hands of the test. */
import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { MqttClient } from 'mqtt';
import { ArrivalClock } from '../src/gateway/arrival-clock.js';

/** A client that takes packets of 100 bytes (98 behind the fixed header) when told to. */
function connectedClient() {
  const client = Object.assign(new EventEmitter(), { stream: new EventEmitter() });
  const clock = new ArrivalClock(client as unknown as MqttClient);
  client.emit('connect');
  return {
    comes: (bytes: number) => client.stream.emit('data', new Uint8Array(bytes)),
    takes: () => {
      client.emit('packetreceive', { length: 98 });
      return clock.arrival;
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a packet that waited behind others arrived when its bytes did', async () => {
  const { comes, takes } = connectedClient();
  const before = performance.now();
  comes(200);
  const between = performance.now();
  await pause(30);
  comes(150);
  await pause(20);
  comes(50);
  const times = [takes(), takes(), takes(), takes()];
  for (const time of times.slice(0, 2)) {
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(between);
  }
  expect(times[2]! - before).toBeGreaterThanOrEqual(29);
  // The fourth was complete with the last 50 bytes.
  expect(times[3]! - times[2]!).toBeGreaterThanOrEqual(19);
});

test('bytes that came before counting began put nothing out for long', async () => {
  const { comes, takes } = connectedClient();
  takes();
  await pause(10);
  const before = performance.now();
  comes(100);
  expect(takes()).toBeGreaterThanOrEqual(before);
});
