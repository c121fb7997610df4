/**
 * `ecg-id/other-date`: the records of everybody's first date enrol the 90 persons of ECG-ID, those of later dates probe: the 20
 * persons who were recorded on several. Two of them gave 37 of the 83 probes, so look at `rank1Macro` beside `rank1`.
 */
import { ecgId } from '../datasets/ecg-id.js';
import { galleryProbeProtocol } from './gallery-probe-protocol.js';

export const ecgIdOtherDate = galleryProbeProtocol({
  name: 'ecg-id/other-date',
  description: "ECG-ID: the records of each person's first date enrol all 90, those of later dates probe (20 persons)",
  load: ecgId,
  split({ subjects }) {
    const isOfFirstDate = new Set(
      subjects.flatMap(({ records }) => records.filter(({ session }) => session === records[0]!.session)),
    );
    const records = subjects.flatMap((subject) => subject.records);
    return {
      gallery: records.filter((record) => isOfFirstDate.has(record)),
      probes: records.filter((record) => !isOfFirstDate.has(record)),
      parts: [],
    };
  },
});
