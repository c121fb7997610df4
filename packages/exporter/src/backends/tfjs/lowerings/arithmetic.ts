/** Add, Sub, Mul, Div: elements of two inputs that broadcast. */
import { computes } from '../lowering-call.js';
import { combineElements } from './elementwise.js';

export const add = computes<'Add'>((call) => combineElements(call, (a, b) => call.emit('AddV2', [a, b])));

export const sub = computes<'Sub'>((call) => combineElements(call, (a, b) => call.emit('Sub', [a, b])));

export const mul = computes<'Mul'>((call) => combineElements(call, (a, b) => call.emit('Mul', [a, b])));

export const div = computes<'Div'>((call) => combineElements(call, (a, b) => call.emit('RealDiv', [a, b])));
