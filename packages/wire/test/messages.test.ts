/** JSON messages: what their schemas let through, and how they say what is wrong. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeMessage, encodeMessage, type MessageBody, MessageError, type MessageKind } from '../src/index.js';

const origin = { device: 'watch-1', streamId: 7, sequence: 42 };
const examples: { [Kind in MessageKind]: MessageBody<Kind> } = {
  status: { device: 'watch-1', state: 'lost', streamId: 7, timeUs: null },
  beat: { ...origin, rTimeUs: 1_700_000_000_123_456, sampleIndex: 250, rrMs: null, heartRate: 61.5, quality: 0.9 },
  identity: {
    ...origin,
    windowEndUs: 1_700_000_000_000_000,
    decision: 'accepted',
    identity: 'Ada',
    score: 0.97,
    metric: 'cosine',
    threshold: 0.9,
    model: 'baseline-cosine',
    candidates: [{ identity: 'Grace', score: 0.4 }],
  },
  activity: {
    ...origin,
    windowStartUs: 1_700_000_000_000_000,
    windowEndUs: 1_700_000_006_000_000,
    activity: 'walking',
    score: 0.75,
    model: 'dt4ecg',
    windows: 3,
  },
  quality: { ...origin, windowEndUs: 5, sqi: 0.25, reasons: ['noise'] },
  cmd: { command: 'enroll', subject: 'Ada', seconds: 20 },
};
const kinds = Object.keys(examples) as MessageKind[];

describe('messages', () => {
  test.each(kinds)('%s survives JSON, as text and as bytes', (kind) => {
    const text = encodeMessage(kind, examples[kind]);
    const expected = { schema: `edgebeat.${kind}`, version: 1, ...examples[kind] };
    expect(JSON.parse(text)).toEqual(expected);
    expect(decodeMessage(kind, text)).toEqual(expected);
    expect(decodeMessage(kind, new TextEncoder().encode(text))).toEqual(expected);
  });

  test('the same message is the same text, whatever the order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(examples.beat).reverse()) as MessageBody<'beat'>;
    expect(encodeMessage('beat', reversed)).toBe(encodeMessage('beat', examples.beat));
  });

  test('a result may carry keys that are not known yet, a command may not', () => {
    const result = { ...JSON.parse(encodeMessage('quality', examples.quality)), later: 1 };
    expect(decodeMessage('quality', JSON.stringify(result))).not.toHaveProperty('later');
    const command = { ...JSON.parse(encodeMessage('cmd', examples.cmd)), later: 1 };
    expect(() => decodeMessage('cmd', JSON.stringify(command))).toThrow(/later/);
  });

  test.each([
    ['beat', { rTimeUs: 0.5 }, 'rTimeUs'],
    ['beat', { rTimeUs: 2 ** 53 }, 'rTimeUs'],
    ['beat', { heartRate: Number.POSITIVE_INFINITY }, 'heartRate'],
    ['beat', { streamId: 2 ** 32 }, 'streamId'],
    ['beat', { device: 'a/b' }, 'device'],
    ['identity', { decision: 'maybe' }, 'decision'],
    ['identity', { candidates: [{ identity: 'Ada' }] }, 'candidates.0.score'],
    ['quality', { sqi: 1.5 }, 'sqi'],
    ['status', { state: 'gone' }, 'state'],
    ['status', { version: 2 }, 'version'],
    ['cmd', { command: 'explode' }, 'command'],
    ['cmd', { subject: '' }, 'subject'],
  ] as const)('%s: %j is refused by name', (kind, change, key) => {
    const body = { ...examples[kind], ...change } as unknown as MessageBody<typeof kind>;
    expect(() => encodeMessage(kind, body)).toThrow(`${kind}: ${key}: `);
    expect(() => encodeMessage(kind, body)).toThrow(MessageError);
  });

  test('bytes that are no JSON are told from JSON of another shape', () => {
    const codeOf = (payload: string | Uint8Array) => {
      try {
        decodeMessage('cmd', payload);
      } catch (error) {
        return (error as MessageError).code;
      }
      return undefined;
    };
    expect(codeOf('{')).toBe('bad-json');
    expect(codeOf(Uint8Array.of(0xff, 0xfe))).toBe('bad-json');
    expect(codeOf('null')).toBe('bad-message');
    expect(codeOf('{}')).toBe('bad-message');
  });

  test('any payload is a message or a MessageError', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (kind, payload) => {
        expect(() => decodeMessage(kind, payload)).toThrow(MessageError);
      }),
      { numRuns: 500 },
    );
  });
});
