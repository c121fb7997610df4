/** All evaluation protocols by name. A new one is a file of its own and a line here. */
import type { ModelWindow } from '@edgebeat/graph';
import { ecgIdClosed } from './ecg-id-closed.js';
import { ecgIdOtherDate } from './ecg-id-other-date.js';
import { ecgIdOtherRecord } from './ecg-id-other-record.js';
import { ecgIdRandom } from './ecg-id-random.js';
import { heartprintCrossSession } from './heartprint-cross-session.js';
import { kalouskovaTimeSplit } from './kalouskova-time-split.js';
import { kalouskovaUnseenElectrode } from './kalouskova-unseen-electrode.js';
import { kalouskovaUnseenPerson } from './kalouskova-unseen-person.js';
import type { Protocol } from './protocol.js';
import { ProtocolError } from './protocol-error.js';
import { ptbClosed } from './ptb-closed.js';
import { verificationUnseen } from './verification-unseen.js';

export const protocols: ReadonlyMap<string, Protocol> = new Map(
  [
    ecgIdClosed,
    ecgIdRandom,
    ecgIdOtherRecord,
    ecgIdOtherDate,
    verificationUnseen,
    heartprintCrossSession,
    ptbClosed,
    kalouskovaTimeSplit,
    kalouskovaUnseenPerson,
    kalouskovaUnseenElectrode,
  ].map((protocol) => [protocol.name, protocol]),
);

/** What models of each kind of window are evaluated by where nobody says otherwise. */
export const usualProtocols = {
  identity: verificationUnseen.name,
  activity: kalouskovaTimeSplit.name,
} as const satisfies Readonly<Record<ModelWindow['kind'], string>>;

/** @throws ProtocolError for a name that is none. */
export function protocolOf(name: string): Protocol {
  const protocol = protocols.get(name);
  if (protocol === undefined) {
    throw new ProtocolError(`there is no protocol "${name}"`, `Protocols: ${[...protocols.keys()].join(', ')}.`);
  }
  return protocol;
}

/** @throws ProtocolError for a protocol whose test side cannot be disturbed. */
export function requireNoiseTaken(protocol: Protocol): void {
  const takesNoise = (one: Protocol) => one.windows === 'identity' && one.takesNoise;
  if (takesNoise(protocol)) return;
  const names = [...protocols.values()].filter(takesNoise).map(({ name }) => name);
  throw new ProtocolError(`${protocol.name} knows no noise`, `Protocols with noise: ${names.join(', ')}.`);
}
