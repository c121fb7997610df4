/**
 * Watches over a gateway's connection: says once that it was lost, and once that it is back; and recognises another client
 * with the same id. Two clients of one id throw each other out in turns, and each gets a part of the frames.
 */
import type { MqttClient } from 'mqtt';
import { RuntimeError } from '../runtime-error.js';

/** MQTT 5 reason code: session taken over. */
const takenOver = 0x8e;
/** With MQTT 3.1.1 there is no reason: so many connections in a row … */
const shortConnections = 4;
/** … that did not last for so long tell it. */
const shortMs = 2000;

export interface ConnectionEvents {
  warn(error: Error): void;
  /** The gateway cannot go on. */
  fail(error: RuntimeError): void;
}

/** @param client connected. */
export function watchConnection(client: MqttClient, url: string, { warn, fail }: ConnectionEvents): void {
  let isUp = true;
  let since = performance.now();
  let short = 0;
  const conflict = () =>
    fail(
      new RuntimeError(
        `broker ${url}: another client with the id '${client.options.clientId}' is connected`,
        'Give each gateway a client id of its own: --client-id.',
      ),
    );
  client.on('connect', () => {
    if (!isUp)
      warn(new RuntimeError(`broker ${url}: connected again`, 'Frames that came meanwhile are being handled.'));
    isUp = true;
    since = performance.now();
  });
  client.on('close', () => {
    if (!isUp || client.disconnecting) return;
    isUp = false;
    short = performance.now() - since < shortMs ? short + 1 : 0;
    if (short >= shortConnections) conflict();
    else warn(new RuntimeError(`broker ${url}: connection lost`, 'It is tried again until it is back.'));
  });
  client.on('disconnect', ({ reasonCode }) => {
    if (reasonCode === takenOver) conflict();
  });
  // While the broker is away every attempt gives an error: the loss has been told.
  client.on('error', (error) => {
    if (isUp) warn(error);
  });
}
