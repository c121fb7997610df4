/** Topics: built, taken apart, refused. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isDeviceId, parseTopic, subscriptionFilter, TopicError, topicKinds, topicOf } from '../src/index.js';

describe('topics', () => {
  test('are what the contract says', () => {
    expect(topicKinds.map((kind) => topicOf('watch-1', kind))).toEqual(
      ['ecg', 'status', 'beat', 'identity', 'activity', 'quality', 'cmd'].map((kind) => `edgebeat/v1/watch-1/${kind}`),
    );
    expect(subscriptionFilter('ecg')).toBe('edgebeat/v1/+/ecg');
    expect(subscriptionFilter('cmd', 'w.2')).toBe('edgebeat/v1/w.2/cmd');
  });

  test('are parsed as they were built', () => {
    const device = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
    fc.assert(
      fc.property(device, fc.constantFrom(...topicKinds), (name, kind) => {
        expect(parseTopic(topicOf(name, kind))).toEqual({ device: name, kind });
      }),
    );
  });

  test.each(['', 'a/b', '+', '#', 'a b', '-a', '.', 'ä', 'a'.repeat(65), 'a\n'])(
    'refuse the device id %j',
    (device) => {
      expect(isDeviceId(device)).toBe(false);
      expect(() => topicOf(device, 'ecg')).toThrow(TopicError);
      expect(() => subscriptionFilter('ecg', device)).toThrow(TopicError);
    },
  );

  test.each([
    'edgebeat/v1/w/ecgs',
    'edgebeat/v2/w/ecg',
    'other/v1/w/ecg',
    'edgebeat/v1/w',
    'edgebeat/v1/w/ecg/x',
    'edgebeat/v1/w/toString',
    'edgebeat/v1//ecg',
  ])('refuse the topic %s', (topic) => {
    expect(() => parseTopic(topic)).toThrow(TopicError);
  });
});
