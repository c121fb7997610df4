/**
 * `ptb/closed`: the last 30 % of each record test, the first 70 % of the same records are for training. 28 of the 35 patients have
 * a single record of two minutes, so it mostly tells whether a model knows the same recording again.
 */
import { closedSetProtocol } from './closed-set-protocol.js';
import { ptbPatients } from './ptb-patients.js';
import { splitInTime } from './split-in-time.js';

export const ptbClosed = closedSetProtocol({
  name: 'ptb/closed',
  description:
    'PTB: who of 35 patients, 7 with more than one record, it is in the last 30 % of each record; the first 70 % are for training',
  load: ptbPatients,
  split: splitInTime,
  leaky: false,
});
