/**
 * `ecg-id/other-record`: the first two records of each of the 90 persons of ECG-ID enrol (one, where there are only two), the
 * later ones probe; a person with a single record enrols only. First channel, unfiltered. 37 of the 83 records of another day
 * belong to two persons, so look at `rank1MacroAcross` beside `rank1Across`.
 */
import { ecgId } from '../datasets/ecg-id.js';
import { galleryProbeProtocol } from './gallery-probe-protocol.js';

export const ecgIdOtherRecord = galleryProbeProtocol({
  name: 'ecg-id/other-record',
  description:
    'ECG-ID: the first two records of each person enrol (one of two), later ones probe; same day and other day apart',
  load: ecgId,
  split({ subjects }) {
    const gallery = subjects.flatMap(({ records }) => records.slice(0, records.length > 2 ? 2 : 1));
    const enrolled = new Set(gallery);
    const galleryDays = new Set(gallery.map(({ subject, session }) => `${subject} ${session}`));
    const isSameDay = ({ subject, session }: { subject: string; session: string }) =>
      galleryDays.has(`${subject} ${session}`);
    return {
      gallery,
      probes: subjects.flatMap(({ records }) => records.filter((record) => !enrolled.has(record))),
      parts: [
        { condition: 'same day', suffix: 'Within', belongs: isSameDay },
        { condition: 'other day', suffix: 'Across', belongs: (record) => !isSameDay(record) },
      ],
    };
  },
});
