/**
 * `heartprint/cross-session`: session 1 enrols all 199 persons of Heartprint, each of the later sessions 2, 3L and 3R probes.
 * Everything is across sessions, so the figures of all probes carry no suffix.
 */
import { heartprint, heartprintSessions } from '../datasets/heartprint.js';
import { galleryProbeProtocol } from './gallery-probe-protocol.js';

const [enrolmentSession, ...probeSessions] = heartprintSessions;

export const heartprintCrossSession = galleryProbeProtocol({
  name: 'heartprint/cross-session',
  description: 'Heartprint: session 1 enrols everybody, the later sessions 2, 3L and 3R probe',
  load: heartprint,
  split({ subjects }) {
    const records = subjects.flatMap((subject) => subject.records);
    return {
      gallery: records.filter(({ session }) => session === enrolmentSession),
      probes: records.filter(({ session }) => session !== enrolmentSession),
      parts: probeSessions.map((session) => ({
        condition: `session ${session}`,
        suffix: `S${session}`,
        belongs: (record) => record.session === session,
      })),
    };
  },
});
