/** Templates as a watch keeps them. The firmware's own bytes are read in packages/cli/test/firmware. */
import { expect, test } from '@jest/globals';
import { decodeDeviceState, encodeDeviceState } from '../src/store/device-state.js';
import type { Template } from '../src/template.js';

const model = { name: 'deit-micro', sha256: '0123456789abcdef'.repeat(4) };
const template = (subject: string): Template => ({
  ...{ subject, count: 12, model, createdAt: '2026-01-02T03:04:05.678Z' },
  embedding: Float32Array.of(0.6, -0.8, 1e-7),
});
const state = { templates: [template('ada'), template('Zoë')], claim: 'Zoë' };

test('comes back as it was', () => {
  const bytes = encodeDeviceState(state, model, 3);
  expect(decodeDeviceState(bytes, model)).toEqual(state);
  expect(decodeDeviceState(encodeDeviceState({ templates: [], claim: null }, model, 3), model)).toEqual({
    templates: [],
    claim: null,
  });
});

test('every byte that is damaged is noticed', () => {
  const bytes = encodeDeviceState(state, model, 3);
  for (let at = 0; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at]! ^= 1 << (at % 8);
    expect(() => decodeDeviceState(damaged, model)).toThrow(/saved state (are none|are damaged)/);
  }
  expect(() => decodeDeviceState(bytes.subarray(0, 20), model)).toThrow(/are none/);
});

test('templates of another model or length, and names that are too long, are refused', () => {
  const other = { ...model, sha256: 'f'.repeat(64) };
  expect(() => decodeDeviceState(encodeDeviceState(state, model, 3), other)).toThrow(/another model/);
  expect(() => encodeDeviceState(state, other, 3)).toThrow(/belongs to model deit-micro/);
  expect(() => encodeDeviceState(state, model, 4)).toThrow(/with 3 numbers/);
  expect(() => encodeDeviceState({ templates: [template('x'.repeat(128))], claim: null }, model, 3)).toThrow(
    /too long/,
  );
});
