/** Addresses of brokers and client ids: taken, refused. */
import { describe, expect, test } from '@jest/globals';
import { BrokerError, requireBrokerUrl, requireClientId } from '../src/index.js';

describe('addresses of brokers', () => {
  test.each(['mqtt://localhost', 'mqtts://broker.example:8883', 'ws://127.0.0.1:9001/mqtt', 'wss://[::1]'])(
    'take %s',
    (url) => expect(() => requireBrokerUrl(url)).not.toThrow(),
  );

  test.each(['', 'localhost', 'localhost:1883', 'http://localhost', 'mqtt://', 'mqtt://a b'])('refuse %j', (url) => {
    expect(() => requireBrokerUrl(url)).toThrow(BrokerError);
  });
});

describe('client ids', () => {
  test.each(['a', 'edgebeat-gateway', 'gateway_2.site:1@home!', 'a'.repeat(128)])('take %s', (id) =>
    expect(() => requireClientId(id)).not.toThrow(),
  );

  test.each(['', 'a b', 'a/b', 'a+', '#', 'ä', 'a\n', 'a\u0000', '\u007f', 'a'.repeat(129), 'a'.repeat(70_000)])(
    'refuse %.20j',
    (id) => {
      expect(() => requireClientId(id)).toThrow(BrokerError);
      expect(() => requireClientId(id)).toThrow(/^.{1,120}$|\n/s);
    },
  );
});
